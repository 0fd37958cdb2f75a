import type { Span } from '../../../../core/contract/traces.ts'
import { formatDuration } from '../../../components/format/time.ts'
import { prettyJson } from '../texts/pretty-json.ts'
import { type ReadMessage, readMessages } from '../texts/prompt-messages.ts'

/** When a span began, in words: `1.20 s after the call`. Microseconds after the call's start. */
export function startWords(startUs: number): string {
  if (startUs === 0) return 'with the call'
  const apart = formatDuration(Math.abs(startUs) / 1000)
  return startUs < 0 ? `${apart} before the call` : `${apart} into the call`
}

/** An attribute as it is read: texts as they are, JSON in them and lists with indentation. */
export function attributeText(value: unknown): string {
  if (typeof value === 'string') return /^\s*[[{]/.test(value) ? prettyJson(value) : value
  return typeof value === 'object' && value !== null ? JSON.stringify(value, null, 2) : String(value)
}

/** Where OpenTelemetry has what was said to a model, and what it said. */
const messageNames = { 'gen_ai.input.messages': 'Asked', 'gen_ai.output.messages': 'Answered' } as const

interface SpanTexts {
  title: string
  messages: ReadMessage[]
}

/** What was said in a span, to be read, and what else is known of it. */
export function spanContents(span: Span): {
  texts: SpanTexts[]
  attributes: [name: string, value: unknown][]
} {
  const texts: SpanTexts[] = []
  const attributes = Object.entries(span.attributes ?? {}).filter(([name, value]) => {
    const title = Object.entries(messageNames).find(([known]) => known === name)?.[1]
    if (title === undefined || !Array.isArray(value)) return true
    texts.push({ title, messages: readMessages(value) })
    return false
  })
  return { texts, attributes }
}
