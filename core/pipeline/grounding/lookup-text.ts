import { isStopWord } from '../../retrieval/stop-words.ts'
import { wordsOf } from '../../retrieval/words.ts'
import type { UserTurn } from './user-turns.ts'

/** A question is put at the beginning or at the end of what is pasted with it. */
const HEAD_CHARS = 500
const TAIL_CHARS = 1400
const TOPIC_CHARS = 300

/** Fewer words than these say too little by themselves. */
const FEW_WORDS = 3
/** With a word that points back, also up to these. */
const SOME_WORDS = 7
const pointsBack = new Set(
  'it its that this those these they them their he she him her his there then one ones same else instead more'.split(
    ' '
  )
)
/** In its first words, a turn says that it goes on. */
const goesOn = /^\s*(and|but|so|or|also|what about|how about|und|aber|et|mais|y|e)\b/i

/** What to look up for the last of a user's turns: with what was asked before, where it goes on from that. */
export function lookupText(turns: readonly UserTurn[]): string {
  const asked = shortened(turns.at(-1)?.text ?? '')
  const before = turns.at(-2)
  if (!before || !isFollowUp(asked)) return asked
  return `${before.text.slice(0, TOPIC_CHARS).trim()} ${asked}`
}

function isFollowUp(text: string): boolean {
  const words = wordsOf(text.toLowerCase())
  const telling = words.filter((word) => !isStopWord(word) && !pointsBack.has(word))
  if (telling.length < FEW_WORDS) return true
  return telling.length <= SOME_WORDS && (goesOn.test(text) || words.some((word) => pointsBack.has(word)))
}

const shortened = (text: string): string =>
  text.length <= HEAD_CHARS + TAIL_CHARS ? text : `${text.slice(0, HEAD_CHARS)} ${text.slice(-TAIL_CHARS)}`
