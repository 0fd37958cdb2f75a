import type { VendorRow } from '../vendor-row.ts'

/** https://api-docs.deepseek.com/guides/thinking_mode: what was thought before a tool call must be given back. */
export const deepseek: VendorRow = {
  kind: 'deepseek',
  label: 'DeepSeek',
  defaultBaseUrl: 'https://api.deepseek.com/v1',
  needsKey: true,
  quirks: {
    renames: { max_completion_tokens: 'max_tokens' },
    developerRole: false,
    jsonSchema: false,
    reasoning: 'thinking-and-effort',
    efforts: { minimal: 'low', medium: 'high', xhigh: 'max' },
    replay: 'with-tool-calls',
    documents: 'none',
    audio: false
  }
}
