import type { ChatRequest } from '../providers/spec/chat.ts'
import type { ContentPart, MediaSource, PromptMessage } from '../providers/spec/prompt.ts'

/** A rule of thumb of every vendor's own guide: English prose and code have about four bytes of UTF-8 to a token. */
const BYTES_PER_TOKEN = 4
/** Role and separators around each message, and the name and frame of each tool. */
const MESSAGE_TOKENS = 4
const TOOL_TOKENS = 8
/** Vendors bill a picture of ordinary size with 258 (Gemini) to 1600 (Claude). */
const IMAGE_TOKENS = 1000
/** 32 tokens a second (Gemini) at the 16 KB a second of usual speech recordings. */
const AUDIO_BYTES_PER_TOKEN = 500
/** A page of a PDF has about 50 KB and 1500 tokens (Claude). */
const PDF_BYTES_PER_TOKEN = 33
/** What cannot be seen from here: a file by its address or id. */
const UNSEEN_TOKENS = 1000

/**
 * Tokens of a request, estimated where the vendor does not count them: text by its bytes, pictures, documents and sound
 * by what they usually come to. Within a quarter for English prose and code, rougher for other scripts and dense JSON; for
 * deciding whether a prompt fits, not for billing.
 */
export function estimateTokens(request: ChatRequest): number {
  let tokens = 0
  for (const message of request.messages) tokens += ofMessage(message)
  for (const { name, description = '', parameters } of request.tools ?? []) {
    tokens += TOOL_TOKENS + ofText(name) + ofText(description) + ofText(JSON.stringify(parameters ?? {}))
  }
  if (typeof request.output === 'object') tokens += ofText(JSON.stringify(request.output.schema))
  return Math.ceil(tokens)
}

const ofMessage = ({ content }: PromptMessage): number => MESSAGE_TOKENS + ofParts(content)

const ofParts = (parts: readonly ContentPart[]): number =>
  parts.reduce((tokens, part) => tokens + ofPart(part), 0)

function ofPart(part: ContentPart): number {
  switch (part.type) {
    case 'text':
    case 'reasoning':
      return ofText(part.text)
    case 'image':
      return IMAGE_TOKENS
    case 'document':
      return ofMedia(part.source, isText(part.source) ? BYTES_PER_TOKEN : PDF_BYTES_PER_TOKEN)
    case 'audio':
      return ofMedia(part.source, AUDIO_BYTES_PER_TOKEN)
    case 'tool-call':
      return TOOL_TOKENS + ofText(part.name) + ofText(part.arguments)
    case 'tool-result':
      return TOOL_TOKENS + ofParts(part.content)
    case 'unsupported':
      return 0
  }
}

const ofText = (text: string): number => Buffer.byteLength(text) / BYTES_PER_TOKEN

const isText = (source: MediaSource): boolean =>
  source.kind === 'base64' && source.mediaType.startsWith('text/')

function ofMedia(source: MediaSource, bytesPerToken: number): number {
  return source.kind === 'base64' ? (source.data.length * 3) / 4 / bytesPerToken : UNSEEN_TOKENS
}
