/** What one question was answered with: the places, from 1, at which what answers it was found. */
export interface Outcome {
  category: string
  /** Places of the evidence among the hits, in rising order; those not found are missing. */
  places: number[]
  /** How many pieces of evidence there are. */
  evidence: number
}

/** Shares in percent. `r5`: how much of the evidence is among the first five hits, averaged over questions. */
export interface Recall {
  questions: number
  r5: number
  r10: number
  r20: number
  /** 1 over the place of the first piece of evidence, averaged. */
  mrr: number
}

const percent = (share: number) => Math.round(1000 * share) / 10
const mean = (values: readonly number[]) =>
  values.length === 0 ? 0 : values.reduce((sum, value) => sum + value, 0) / values.length

/** The share of an outcome's evidence among its first hits. */
export const foundWithin = ({ places, evidence }: Outcome, first: number): number =>
  places.filter((place) => place <= first).length / evidence

const reciprocalRank = ({ places }: Outcome): number => (places[0] === undefined ? 0 : 1 / places[0])

export function recallOf(outcomes: readonly Outcome[]): Recall {
  const within = (first: number) => percent(mean(outcomes.map((outcome) => foundWithin(outcome, first))))
  return {
    questions: outcomes.length,
    r5: within(5),
    r10: within(10),
    r20: within(20),
    mrr: percent(mean(outcomes.map(reciprocalRank)))
  }
}

/** Shares in percent of the questions that have an answer at the first place, among the first five, the first ten. */
export interface Hits {
  hit1: number
  hit5: number
  hit10: number
  mrr: number
}

export function hitsOf(outcomes: readonly Outcome[]): Hits {
  const within = (first: number) =>
    percent(mean(outcomes.map(({ places }) => Number((places[0] ?? Infinity) <= first))))
  return {
    hit1: within(1),
    hit5: within(5),
    hit10: within(10),
    mrr: percent(mean(outcomes.map(reciprocalRank)))
  }
}

/** Worst first: least evidence among the first hits, then the first piece of it furthest down. */
export const worstFirst =
  (first: number) =>
  (left: Outcome, right: Outcome): number =>
    foundWithin(left, first) - foundWithin(right, first) || reciprocalRank(left) - reciprocalRank(right)
