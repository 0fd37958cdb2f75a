import type { WriteResult } from './store.ts'
import type { Row, WriteOutcome } from './writer-messages.ts'

/** What became of calls, in flat lists as the calls themselves. */
export interface PostedOutcomes {
  /**
   * Of each call that succeeded its id and how many statements it had; of each statement how many rows it changed, and how
   * many it returned.
   */
  shape: number[]
  /** What the statements returned, one row after the other. */
  rows: Row[]
  failed: Extract<WriteOutcome, { ok: false }>[]
}

export function packOutcomes(outcomes: readonly WriteOutcome[]): PostedOutcomes {
  const posted: PostedOutcomes = { shape: [], rows: [], failed: [] }
  for (const outcome of outcomes) {
    if (!outcome.ok) {
      posted.failed.push(outcome)
      continue
    }
    posted.shape.push(outcome.id, outcome.results.length)
    for (const { changes, rows } of outcome.results) {
      posted.shape.push(changes, rows.length)
      for (const row of rows) posted.rows.push(row)
    }
  }
  return posted
}

/** The outcomes again; those of calls that failed come last. */
export function unpackOutcomes({ shape, rows, failed }: PostedOutcomes): WriteOutcome[] {
  let atShape = 0
  let atRow = 0
  const nextNumber = (): number => shape[atShape++] ?? Number.NaN
  const nextResult = (): WriteResult => {
    const changes = nextNumber()
    const end = atRow + nextNumber()
    const returned = rows.slice(atRow, end)
    atRow = end
    return { changes, rows: returned }
  }
  const outcomes: WriteOutcome[] = []
  while (atShape < shape.length) {
    const id = nextNumber()
    outcomes.push({ id, ok: true, results: Array.from({ length: nextNumber() }, nextResult) })
  }
  return [...outcomes, ...failed]
}
