import type { VendorRow } from '../vendor-row.ts'

/** https://docs.x.ai/docs/api-reference */
export const xai: VendorRow = {
  kind: 'xai',
  label: 'xAI',
  defaultBaseUrl: 'https://api.x.ai/v1',
  needsKey: true,
  quirks: {
    maxTokens: 'max_completion_tokens',
    efforts: { minimal: 'low', xhigh: 'high' },
    documents: 'none',
    audio: false
  }
}
