import type { VendorRow } from '../vendor-row.ts'

/** https://docs.z.ai/api-reference/llm/chat-completion: the model alone chooses its tools. */
export const zai: VendorRow = {
  kind: 'zai',
  label: 'Z.ai',
  defaultBaseUrl: 'https://api.z.ai/api/paas/v4',
  needsKey: true,
  quirks: {
    usage: 'unasked',
    renames: { max_completion_tokens: 'max_tokens' },
    refuses: ['stream_options', 'frequency_penalty', 'presence_penalty', 'messages.name', 'tools.strict'],
    developerRole: false,
    toolChoice: 'auto',
    jsonSchema: false,
    reasoning: 'thinking',
    replay: 'reasoning_content',
    documents: 'none',
    audio: false
  }
}
