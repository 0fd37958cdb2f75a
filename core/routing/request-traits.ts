import type { ChatRequest } from '../providers/spec/chat.ts'
import type { ReasoningRequest } from '../providers/spec/chat-options.ts'
import type { ContentPart } from '../providers/spec/prompt.ts'

/** What routing knows of a request. */
export interface RequestTraits {
  /** Of the prompt, estimated. */
  tokens: number
  /** That the client wants at most; null where it did not say. */
  maxOutputTokens: number | null
  hasCode: boolean
  hasImages: boolean
  tools: number
  wantsJson: boolean
  /** Messages of the user and the assistant. */
  turns: number
  reasoning: ReasoningRequest | null
  /** The user's words, the latest last; cut. */
  words: string
}

/** More than this of what the user said tells nothing new. */
const SCANNED_CHARS = 20_000

/** Traits of a request of which only the size can be known. */
export const traitsOfSize = (tokens: number): RequestTraits => ({
  tokens,
  maxOutputTokens: null,
  hasCode: false,
  hasImages: false,
  tools: 0,
  wantsJson: false,
  turns: 1,
  reasoning: null,
  words: ''
})

export function traitsOf(
  request: ChatRequest,
  estimateTokens: (request: ChatRequest) => number
): RequestTraits {
  const words = wordsOf(request)
  return {
    tokens: estimateTokens(request),
    maxOutputTokens: request.maxTokens ?? null,
    hasCode: looksLikeCode(words),
    hasImages: request.messages.some(({ content }) => hasImage(content)),
    tools: request.toolChoice === 'none' ? 0 : (request.tools?.length ?? 0),
    wantsJson: request.output !== 'text',
    turns: request.messages.filter(({ role }) => role === 'user' || role === 'assistant').length,
    reasoning: request.reasoning ?? null,
    words
  }
}

/** A fence; a line that begins as statements of common languages do; lines that end like code. */
const codeMarks =
  /```|^[ \t]*(import .+ from |from \w+ import |def \w+\(|function \w*\(|(export |public |private )?(class|interface) \w+|(const|let|var) \w+ ?=|#include ?<|package \w+|fn \w+\(|func \w+\(|SELECT .+ FROM )|[;{][ \t]*\r?\n.*[;}][ \t]*$/im

export const looksLikeCode = (text: string): boolean => codeMarks.test(text)

function wordsOf({ messages }: ChatRequest): string {
  let words = ''
  for (const { role, content } of messages.toReversed()) {
    if (role !== 'user') continue
    const text = content.map((part) => (part.type === 'text' ? part.text : '')).join('\n')
    words = words === '' ? text : `${text}\n${words}`
    if (words.length >= SCANNED_CHARS) return words.slice(-SCANNED_CHARS)
  }
  return words
}

const hasImage = (content: readonly ContentPart[]): boolean =>
  content.some((part) => part.type === 'image' || (part.type === 'tool-result' && hasImage(part.content)))
