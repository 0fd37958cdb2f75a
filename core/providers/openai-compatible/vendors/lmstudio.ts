import type { VendorRow } from '../vendor-row.ts'

/** https://lmstudio.ai/docs/app/api/endpoints/openai: JSON by a schema alone, tools chosen by a word alone. */
export const lmstudio: VendorRow = {
  kind: 'lmstudio',
  label: 'LM Studio',
  defaultBaseUrl: 'http://127.0.0.1:1234/v1',
  needsKey: false,
  quirks: {
    renames: { max_completion_tokens: 'max_tokens' },
    developerRole: false,
    toolChoice: 'words',
    jsonObject: false,
    efforts: { minimal: 'low', xhigh: 'high' },
    imageUrls: false,
    documents: 'none',
    audio: false
  }
}
