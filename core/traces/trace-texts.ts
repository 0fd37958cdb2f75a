/** Where the dialects keep what was said, the oldest first. */
const conversationFields = ['messages', 'contents', 'input', 'prompt', 'query', 'documents'] as const
/** What is said before all of it. */
const instructionFields = ['system', 'systemInstruction', 'system_instruction', 'instructions'] as const
/** Names, ids and bytes: nobody searches for them, and they are many. */
const skippedFields = new Set([
  'role',
  'type',
  'id',
  'call_id',
  'tool_call_id',
  'tool_use_id',
  'media_type',
  'mimeType',
  'data',
  'url',
  'image_url',
  'file_data',
  'signature',
  'thoughtSignature',
  'encrypted_content',
  'cache_control'
])
const MAX_DEPTH = 12

/** What a request says: `fresh` came with it, `history` was sent before, as far as its form tells. */
export interface RequestTexts {
  history: string[]
  fresh: string[]
}

/** Reads a request of any dialect loosely. One that is no JSON, or cut, is a text as a whole. */
export function requestTexts(body: string): RequestTexts {
  const json = parsed(body)
  if (typeof json !== 'object' || json === null) return { history: [], fresh: [body] }
  const history = instructionFields.map((name) => textIn(Reflect.get(json, name)))
  const fresh: string[] = []
  for (const name of conversationFields) {
    const value: unknown = Reflect.get(json, name)
    const messages: unknown[] = Array.isArray(value) ? value : [value]
    const answered = messages.findLastIndex(isAnswer)
    for (const [index, message] of messages.entries())
      (index <= answered ? history : fresh).push(textIn(message))
  }
  return { history: history.filter(Boolean), fresh: fresh.filter(Boolean) }
}

function parsed(body: string): unknown {
  try {
    return JSON.parse(body)
  } catch {
    return null
  }
}

function isAnswer(message: unknown): boolean {
  if (typeof message !== 'object' || message === null) return false
  const role: unknown = Reflect.get(message, 'role')
  return role === 'assistant' || role === 'model'
}

/** Every text in a value, one a line, but for what nobody searches for. */
export function textIn(value: unknown): string {
  const texts: string[] = []
  gather(value, texts, 0)
  return texts.join('\n')
}

function gather(value: unknown, texts: string[], depth: number): void {
  if (typeof value === 'string') {
    if (value !== '' && !value.startsWith('data:')) texts.push(value)
  } else if (depth < MAX_DEPTH && typeof value === 'object' && value !== null) {
    for (const [name, part] of Object.entries(value))
      if (!skippedFields.has(name)) gather(part, texts, depth + 1)
  }
}
