import { formatBytes } from '../../../components/format/tokens.ts'

/** A piece of a message, to be read. */
export type ReadPart =
  | { type: 'text'; text: string }
  /** What a model thought before it spoke; empty where its vendor shows nothing of it. */
  | { type: 'thought'; text: string }
  | { type: 'call'; name: string; arguments: string }
  | { type: 'result'; name: string | null; text: string; failed: boolean }
  /** A picture, sound or document, named. */
  | { type: 'media'; words: string }
  /** Something else, by the name that it has in its dialect. */
  | { type: 'other'; kind: string }

export type Json = Readonly<Record<string, unknown>>

export const isRecord = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** The value as a text; empty where it is none. */
export const textOf = (value: unknown): string => (typeof value === 'string' ? value : '')

/** What a message of any dialect holds: a text, or parts. Never fails: what it does not know it names. */
export function readParts(content: unknown): ReadPart[] {
  if (typeof content === 'string') return content === '' ? [] : [{ type: 'text', text: content }]
  if (Array.isArray(content)) return content.flatMap(readPart)
  return isRecord(content) ? readPart(content) : []
}

function readPart(part: unknown): ReadPart[] {
  if (typeof part === 'string') return readParts(part)
  if (!isRecord(part)) return []
  return part.type === undefined ? readGooglePart(part) : readTypedPart(part, textOf(part.type))
}

function readTypedPart(part: Json, type: string): ReadPart[] {
  switch (type) {
    case 'message':
      return readParts(part.content)
    case 'text':
    case 'input_text':
    case 'output_text':
    case 'summary_text':
    case 'reasoning_text':
      return readParts(part.text)
    case 'refusal':
      return readParts(part.refusal)
    case 'thinking':
    case 'reasoning':
    case 'redacted_thinking':
      return [{ type: 'thought', text: thoughtIn(part) }]
    case 'tool_use':
      return [callPart(part.name, part.input)]
    case 'tool-call':
    case 'function_call':
      return [callPart(part.name, part.arguments)]
    case 'custom_tool_call':
      return [callPart(part.name, part.input)]
    case 'tool_result':
    case 'tool-result':
      return [resultPart(part.name, part.content, part.is_error === true || part.isError === true)]
    case 'function_call_output':
    case 'custom_tool_call_output':
      return [resultPart(part.name, part.output, false)]
    case 'image':
    case 'image_url':
    case 'input_image':
      return [mediaPart('image', part.source ?? part.image_url ?? part)]
    case 'document':
    case 'file':
    case 'input_file':
      return [mediaPart('document', part.source ?? part.file ?? part)]
    case 'audio':
    case 'input_audio':
      return [mediaPart('sound', part.source ?? part.input_audio ?? part)]
    default:
      return [{ type: 'other', kind: type }]
  }
}

function readGooglePart(part: Json): ReadPart[] {
  const call = part.functionCall ?? part.function_call
  if (isRecord(call)) return [callPart(call.name, call.args)]
  const response = part.functionResponse ?? part.function_response
  if (isRecord(response)) return [resultPart(response.name, response.response, false)]
  const media = part.inlineData ?? part.inline_data ?? part.fileData ?? part.file_data
  if (isRecord(media)) return [mediaPart('file', media)]
  if (typeof part.text !== 'string')
    return Object.keys(part)
      .slice(0, 1)
      .map((kind) => ({ type: 'other', kind }))
  return part.thought === true ? [{ type: 'thought', text: part.text }] : readParts(part.text)
}

function thoughtIn(part: Json): string {
  const summary = readParts(part.content ?? part.summary)
    .map(partText)
    .join('\n\n')
  return textOf(part.thinking) || textOf(part.text) || summary
}

export function callPart(name: unknown, given: unknown): ReadPart {
  const text = typeof given === 'string' ? given : JSON.stringify(given ?? {})
  return { type: 'call', name: textOf(name), arguments: text }
}

export function resultPart(name: unknown, content: unknown, failed: boolean): ReadPart {
  // Google's results are objects of any shape
  const isPlain = isRecord(content) && content.type === undefined
  const text = isPlain ? JSON.stringify(content) : readParts(content).map(partText).join('\n')
  return { type: 'result', name: textOf(name) || null, text, failed }
}

/** `image/png, 12 kB`, or where it is. */
export function mediaPart(kind: 'image' | 'sound' | 'document' | 'file', source: unknown): ReadPart {
  const words = typeof source === 'string' ? urlWords(source) : isRecord(source) ? sourceWords(source) : ''
  return { type: 'media', words: words === '' ? kind : `${kind}: ${words}` }
}

function sourceWords(source: Json): string {
  const name = textOf(source.filename) || textOf(source.name)
  const url = textOf(source.url) || textOf(source.file_url) || textOf(source.image_url)
  const where = url || textOf(source.fileUri) || textOf(source.file_uri)
  const data = textOf(source.data) || textOf(source.file_data)
  const given = textOf(source.mediaType) || textOf(source.media_type) || textOf(source.mimeType)
  const type = given || textOf(source.mime_type) || textOf(source.format)
  const id = textOf(source.id) || textOf(source.file_id)
  const what = where
    ? urlWords(where)
    : data.startsWith('data:')
      ? urlWords(data)
      : data
        ? [type, sizeOf(data)].filter(Boolean).join(', ')
        : id
  return [name, what].filter(Boolean).join(', ')
}

function urlWords(url: string): string {
  const [, type, data] = /^data:([^;,]*)[^,]*,(.*)$/s.exec(url) ?? []
  return data === undefined ? url : [type, sizeOf(data)].filter(Boolean).join(', ')
}

/** Of what base64 stands for. */
const sizeOf = (base64: string): string => formatBytes(Math.floor((base64.length * 3) / 4))

/** A part as plain text, to be copied and compared. */
export function partText(part: ReadPart): string {
  switch (part.type) {
    case 'text':
      return part.text
    case 'thought':
      return part.text === '' ? '[thoughts that are not shown]' : `[thought] ${part.text}`
    case 'call':
      return `[call of ${part.name}] ${part.arguments}`
    case 'result':
      return `[${part.failed ? 'failure' : 'result'}${part.name ? ` of ${part.name}` : ''}] ${part.text}`
    case 'media':
      return `[${part.words}]`
    case 'other':
      return `[${part.kind}]`
  }
}
