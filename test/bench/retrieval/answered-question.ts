import type { HitReason } from '../../../core/contract/knowledge.ts'
import type { Outcome } from './measures.ts'

/** A question that was asked, with what came back. */
export interface AnsweredQuestion extends Outcome {
  text: string
  /** What answers it, in words for whoever reads the misses. */
  expected: string[]
  /** Best first. */
  hits: { place: string; text: string; score: number; why: HitReason; answers: boolean }[]
}

const cut = (text: string, length: number) => {
  const line = text.replace(/\s+/g, ' ').trim()
  return line.length > length ? `${line.slice(0, length)}…` : line
}
const two = (value: number) => value.toFixed(2)

function reasonText({
  words,
  meaning,
  links,
  recency,
  reranker,
  bm25,
  cosine,
  matchedWords
}: HitReason): string {
  const shares = { words, meaning, links, recency, reranker: reranker ?? 0 }
  const shown = Object.entries(shares).filter(([, share]) => share !== 0)
  const raw = [bm25 === null ? '' : `bm25 ${two(bm25)}`, cosine === null ? '' : `cosine ${two(cosine)}`]
  return [
    shown.map(([name, share]) => `${name} ${two(share)}`).join(' + '),
    `(${raw.filter((part) => part !== '').join(', ')})`,
    `[${matchedWords.join(' ')}]`
  ].join(' ')
}

/** A question with its first hits and why they stand where they stand; `✓` marks those that answer it. */
export function explain({ text, category, places, evidence, expected, hits }: AnsweredQuestion): string {
  const found = places.length > 0 ? `at ${places.join(', ')}` : 'nowhere'
  return [
    `? ${text}  (${category}; ${places.length} of ${evidence} found, ${found})`,
    ...expected.map((line) => `    wanted ${cut(line, 160)}`),
    ...hits
      .slice(0, 5)
      .map(
        ({ place, text: passage, score, why, answers }, index) =>
          `  ${answers ? '✓' : ' '} ${index + 1}. ${two(score)} = ${reasonText(why)}\n       ${place}: ${cut(passage, 160)}`
      )
  ].join('\n')
}
