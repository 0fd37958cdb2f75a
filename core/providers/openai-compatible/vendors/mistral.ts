import type { VendorRow } from '../vendor-row.ts'

/** https://docs.mistral.ai/api: every member that it does not know is refused (422, `extra_forbidden`). */
export const mistral: VendorRow = {
  kind: 'mistral',
  label: 'Mistral',
  defaultBaseUrl: 'https://api.mistral.ai/v1',
  needsKey: true,
  quirks: {
    usage: 'unasked',
    renames: { max_completion_tokens: 'max_tokens', seed: 'random_seed' },
    refuses: [
      'stream_options',
      'logit_bias',
      'logprobs',
      'top_logprobs',
      'user',
      'top_k',
      'min_p',
      'store',
      'service_tier',
      'messages.name',
      'messages.refusal',
      'messages.annotations',
      'messages.audio',
      'messages.function_call',
      'messages.reasoning_content',
      'messages.reasoning_details'
    ],
    developerRole: false,
    toolCallIds: 'nine-alphanumerics',
    nullContent: false,
    userAfterTool: false,
    prefill: 'prefix',
    // its adjustable models know two efforts: "high" and "none"
    efforts: { minimal: 'none', low: 'high', medium: 'high', xhigh: 'high' },
    documents: 'document_url',
    toolResultImages: true
  }
}
