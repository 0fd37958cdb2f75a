import { headersOption } from '../extra-headers.ts'
import type { VendorRow } from '../vendor-row.ts'

/** https://docs.vllm.ai/en/latest/serving/openai_compatible_server.html */
export const vllm: VendorRow = {
  kind: 'vllm',
  label: 'vLLM',
  defaultBaseUrl: 'http://127.0.0.1:8000/v1',
  needsKey: false,
  rerank: true,
  quirks: {
    reasoning: 'chat_template_kwargs',
    efforts: { minimal: 'low', xhigh: 'high' },
    replay: 'reasoning_content',
    documents: 'none'
  },
  options: [headersOption]
}
