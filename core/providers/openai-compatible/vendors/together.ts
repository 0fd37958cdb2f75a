import type { VendorRow } from '../vendor-row.ts'

/** https://docs.together.ai/reference/chat-completions-1 */
export const together: VendorRow = {
  kind: 'together',
  label: 'Together',
  defaultBaseUrl: 'https://api.together.xyz/v1',
  needsKey: true,
  rerank: true,
  quirks: {
    renames: { max_completion_tokens: 'max_tokens' },
    efforts: { minimal: 'low', xhigh: 'high' },
    documents: 'none'
  }
}
