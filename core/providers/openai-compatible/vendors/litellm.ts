import { headersOption } from '../extra-headers.ts'
import type { VendorRow } from '../vendor-row.ts'

/** https://docs.litellm.ai/docs/reasoning_content: a proxy to many vendors that keeps what Anthropic signs. */
export const litellm: VendorRow = {
  kind: 'litellm',
  label: 'LiteLLM',
  defaultBaseUrl: 'http://127.0.0.1:4000/v1',
  needsKey: false,
  rerank: true,
  quirks: {
    replay: 'thinking_blocks',
    cacheControl: true
  },
  options: [headersOption]
}
