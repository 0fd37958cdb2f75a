import type { VendorRow } from '../vendor-row.ts'

/** https://github.com/ggml-org/llama.cpp/blob/master/tools/server/README.md */
export const llamaCpp: VendorRow = {
  kind: 'llama-cpp',
  label: 'llama.cpp server',
  defaultBaseUrl: 'http://127.0.0.1:8080/v1',
  needsKey: false,
  rerank: true,
  quirks: {
    renames: { max_completion_tokens: 'max_tokens' },
    developerRole: false,
    reasoning: 'chat_template_kwargs',
    efforts: { minimal: 'low', xhigh: 'high' },
    replay: 'reasoning_content',
    documents: 'none'
  }
}
