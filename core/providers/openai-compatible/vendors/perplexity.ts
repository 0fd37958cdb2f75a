import type { VendorRow } from '../vendor-row.ts'

/**
 * https://docs.perplexity.ai: no tools; after the system, user and assistant take turns. It answers at its host's root.
 */
export const perplexity: VendorRow = {
  kind: 'perplexity',
  label: 'Perplexity',
  defaultBaseUrl: 'https://api.perplexity.ai',
  needsKey: true,
  quirks: {
    renames: { max_completion_tokens: 'max_tokens' },
    refuses: ['tools', 'tool_choice', 'parallel_tool_calls'],
    developerRole: false,
    repeatedRoles: false,
    jsonObject: false,
    efforts: { minimal: 'low', xhigh: 'high' },
    documents: 'none',
    audio: false
  }
}
