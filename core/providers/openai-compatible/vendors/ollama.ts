import type { VendorRow } from '../vendor-row.ts'

/** https://docs.ollama.com/api/openai-compatibility: pictures as data alone. */
export const ollama: VendorRow = {
  kind: 'ollama',
  label: 'Ollama',
  defaultBaseUrl: 'http://127.0.0.1:11434/v1',
  needsKey: false,
  quirks: {
    renames: { max_completion_tokens: 'max_tokens' },
    developerRole: false,
    efforts: { minimal: 'low', xhigh: 'high' },
    imageUrls: false,
    documents: 'none',
    audio: false
  }
}
