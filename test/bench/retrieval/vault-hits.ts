import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { SearchHit } from '../../../core/contract/knowledge.ts'
import type { AnsweredQuestion } from './answered-question.ts'
import {
  type AnswerPlace,
  type AnswerRange,
  answerRange,
  covers,
  headingWords,
  type VaultQuestion
} from './vault-questions.ts'

/** Passages looked at. */
const LIMIT = 20

export type FoundPassage = Pick<SearchHit, 'path' | 'headings' | 'start' | 'end' | 'text' | 'score' | 'why'>
export interface VaultAnswers {
  /** A hit is a passage that shows some of the answer. */
  passages: AnsweredQuestion[]
  /** A hit is a passage that shows some of the answer, and says that it stands under the heading it stands under. */
  headings: AnsweredQuestion[]
  /** A hit is any passage of the note that has the answer. */
  notes: AnsweredQuestion[]
  /** Places of questions that are not in the folder. A question none of whose places is there was not asked. */
  unknownPlaces: string[]
}

/** Asks a vault its questions; `search` gives passages, best first. */
export async function askVault(
  folder: string,
  questions: readonly VaultQuestion[],
  search: (question: string, limit: number) => Promise<readonly FoundPassage[]>
): Promise<VaultAnswers> {
  const answers: VaultAnswers = { passages: [], headings: [], notes: [], unknownPlaces: [] }
  for (const question of questions) {
    const ranges: AnswerRange[] = []
    for (const place of question.places) {
      const range = rangeIn(folder, place)
      if (range === null) answers.unknownPlaces.push(placeText(place))
      else ranges.push(range)
    }
    if (ranges.length === 0) continue
    const found = await search(question.text, LIMIT)
    answers.passages.push(answered(question, found, ranges))
    answers.headings.push(answered(question, found, ranges, namesPlace))
    const whole = ranges.map(({ path }) => ({ path, heading: null, ranges: [{ start: 0, end: Infinity }] }))
    answers.notes.push(answered(question, found, whole))
  }
  return answers
}

function rangeIn(folder: string, place: AnswerPlace): AnswerRange | null {
  const file = join(folder, place.path)
  return existsSync(file) ? answerRange(place, readFileSync(file)) : null
}

const namesPlace = ({ heading }: AnswerRange, { headings }: FoundPassage): boolean =>
  heading === null || headingWords(headings.at(-1) ?? '') === heading

const placeText = ({ path, heading }: AnswerPlace) => (heading ? `${path}#${heading}` : path)

function answered(
  { text, places }: VaultQuestion,
  found: readonly FoundPassage[],
  ranges: readonly AnswerRange[],
  isShown: (range: AnswerRange, passage: FoundPassage) => boolean = () => true
): AnsweredQuestion {
  const hits = found.map((passage) => ({
    place: [passage.path, ...passage.headings].join(' › '),
    text: passage.text,
    score: passage.score,
    why: passage.why,
    answers: ranges.some((range) => covers(range, passage) && isShown(range, passage))
  }))
  return {
    text,
    category: 'vault',
    places: hits.flatMap(({ answers }, index) => (answers ? [index + 1] : [])),
    evidence: 1,
    expected: places.map(placeText),
    hits
  }
}
