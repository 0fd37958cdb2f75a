import { headersOption } from '../extra-headers.ts'
import type { VendorRow } from '../vendor-row.ts'

/** Any other server. What is known of its host counts as well. */
export const custom: VendorRow = {
  kind: 'openai-compatible',
  label: 'OpenAI-compatible server',
  defaultBaseUrl: null,
  needsKey: false,
  rerank: true,
  options: [headersOption]
}
