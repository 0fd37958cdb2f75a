import type { VendorRow } from '../vendor-row.ts'

/** https://inference-docs.cerebras.ai/resources/openai names what it refuses. */
export const cerebras: VendorRow = {
  kind: 'cerebras',
  label: 'Cerebras',
  defaultBaseUrl: 'https://api.cerebras.ai/v1',
  needsKey: true,
  quirks: {
    maxTokens: 'max_completion_tokens',
    refuses: ['frequency_penalty', 'presence_penalty', 'logit_bias', 'service_tier', 'top_k', 'min_p'],
    efforts: { minimal: 'low', xhigh: 'high' },
    documents: 'none',
    audio: false
  }
}
