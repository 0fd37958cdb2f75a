import type { VendorRow } from '../vendor-row.ts'

/** https://openrouter.ai/docs. The headers that name a program to its rankings are not sent. */
export const openrouter: VendorRow = {
  kind: 'openrouter',
  label: 'OpenRouter',
  defaultBaseUrl: 'https://openrouter.ai/api/v1',
  needsKey: true,
  quirks: {
    reasoning: 'reasoning',
    replay: 'reasoning_details',
    cacheControl: true
  }
}
