import type { SearchHit } from '../../contract/knowledge.ts'
import type { NumberedPassage } from './retriever.ts'

/** As everywhere where the vendor does not count: English prose has about four bytes of UTF-8 to a token. */
const BYTES_PER_TOKEN = 4
/** What says where a passage stands. */
const FRAME_TOKENS = 40
/** Less than this of a passage is not worth its place. */
const LEAST_TOKENS = 60
const MOST_PASSAGES = 12

/** The best passages that so many tokens hold, numbered from 1. Text is cut only where not even the first one fits. */
export function fitPassages(hits: readonly SearchHit[], tokens: number): NumberedPassage[] {
  const fitting: NumberedPassage[] = []
  let left = tokens
  for (const hit of hits) {
    if (fitting.length === MOST_PASSAGES) break
    if (fitting.some((other) => repeats(hit, other))) continue
    const needed = tokensOf(hit.text) + FRAME_TOKENS
    const room = left - FRAME_TOKENS
    const text =
      needed <= left ? hit.text : fitting.length === 0 && room >= LEAST_TOKENS && cut(hit.text, room)
    if (!text) continue
    fitting.push({ ...hit, text, number: fitting.length + 1 })
    left -= tokensOf(text) + FRAME_TOKENS
  }
  return fitting
}

const tokensOf = (text: string): number => Math.ceil(Buffer.byteLength(text) / BYTES_PER_TOKEN)

/** Whether most of it stands in the other one too. */
function repeats(hit: SearchHit, other: SearchHit): boolean {
  if (hit.text === other.text) return true
  if (hit.sourceId !== other.sourceId || hit.path !== other.path) return false
  const shared = Math.min(hit.end, other.end) - Math.max(hit.start, other.start)
  return shared > (hit.end - hit.start) / 2
}

/** Ends with a whole word. */
function cut(text: string, tokens: number): string {
  const bytes = Buffer.from(text).subarray(0, tokens * BYTES_PER_TOKEN)
  const whole = bytes.toString().replace(/\uFFFD$/u, '')
  const end = Math.max(whole.lastIndexOf('\n'), whole.lastIndexOf(' '))
  return `${whole.slice(0, end > whole.length / 2 ? end : whole.length).trimEnd()} …`
}
