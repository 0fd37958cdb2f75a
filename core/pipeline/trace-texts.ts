import { z } from 'zod'
import type { CallInput, CallOutcome } from './context.ts'

const TITLE_CHARS = 120
/** A title is looked for in this much of a message: the rest would not be shown. */
const SCANNED_CHARS = 600

/** A text part of any dialect: Google's have no type, the Responses API calls it `input_text`. */
const textPart = z.object({ type: z.enum(['text', 'input_text']).optional(), text: z.string() })

/** The first words of the last user message, on one line; empty where there are none. */
export function titleOf({ wire, request }: Pick<CallInput, 'wire' | 'request'>): string {
  const messages: unknown = wire ? promptOf(wire.json) : request().messages
  if (typeof messages === 'string') return titleFrom(messages)
  if (!Array.isArray(messages)) return ''
  return titleFrom(lastUserText(messages))
}

/** Where the dialects keep what was said. */
function promptOf({ messages, contents, input, prompt, query }: Readonly<Record<string, unknown>>): unknown {
  return messages ?? contents ?? input ?? prompt ?? query
}

function titleFrom(text: string): string {
  const words = text.slice(0, SCANNED_CHARS).replace(/\s+/g, ' ').trim()
  return words.length <= TITLE_CHARS
    ? words
    : `${words
        .slice(0, TITLE_CHARS - 1)
        .trimEnd()
        .toWellFormed()}…`
}

/** What the client sent, byte for byte; where the app itself asked, what it asked for. */
export function requestBodyOf({ wire, request }: Pick<CallInput, 'wire' | 'request'>): Uint8Array | string {
  return wire ? wire.body : JSON.stringify(request())
}

/** What came back, to read: reasoning and text, else what the upstream sent; null when nothing came. */
export function responseBodyOf(outcome: CallOutcome): string | null {
  const { text, reasoning, textTruncated, wire, error } = outcome
  const shown = reasoning === '' ? text : `<reasoning>\n${reasoning}\n</reasoning>\n\n${text}`
  const body = shown || wire || (error?.wire ? JSON.stringify(error.wire.body) : null)
  return body && textTruncated ? `${body}\n[cut here: the answer was longer]` : body
}

/** Reads messages of any dialect loosely: a title is no reason to check, or to refuse, a request. */
function lastUserText(messages: readonly unknown[]): string {
  const last = messages.findLast((message) => field(message, 'role') === 'user')
  const content = field(last, 'content') ?? field(last, 'parts')
  if (typeof content === 'string') return content
  if (!Array.isArray(content)) return ''
  const parts = content.flatMap((part) => textPart.safeParse(part).data?.text ?? [])
  return parts.join(' ')
}

function field(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined
}
