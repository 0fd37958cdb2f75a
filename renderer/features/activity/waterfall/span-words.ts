import { formatDuration } from '../../../components/format/time.ts'
import { prettyJson } from '../texts/pretty-json.ts'

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
