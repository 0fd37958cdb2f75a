import type { VendorRow } from '../vendor-row.ts'

/** https://console.groq.com/docs/openai names what it refuses; so are members of messages that it does not know. */
export const groq: VendorRow = {
  kind: 'groq',
  label: 'Groq',
  defaultBaseUrl: 'https://api.groq.com/openai/v1',
  needsKey: true,
  quirks: {
    maxTokens: 'max_completion_tokens',
    refuses: [
      'logit_bias',
      'logprobs',
      'top_logprobs',
      'top_k',
      'min_p',
      'messages.name',
      'messages.refusal',
      'messages.annotations',
      'messages.audio',
      'messages.reasoning_content',
      'messages.reasoning_details'
    ],
    efforts: { minimal: 'low', xhigh: 'high' },
    documents: 'none',
    audio: false
  }
}
