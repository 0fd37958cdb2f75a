import type { z } from 'zod'
import type { updateTraceSchema } from '../contract/traces.ts'
import type { Cost } from '../contract/usage.ts'
import type { Statement, Writer } from '../store/store.ts'
import type { BodyRepository } from './body-repository.ts'
import type { NewTrace } from './new-trace.ts'
import { keepSpanTexts } from './span-text-repository.ts'
import { insertTrace } from './trace-columns.ts'
import { firstTraceIdOf } from './trace-id-time.ts'
import { fromTags } from './trace-rows.ts'

const PRUNE_BATCH = 500
/** A trace that shares texts with an erased one is among those of the same program that came next. */
const READ_AGAIN = 1000

const awaitIndex = 'INSERT INTO search_queue (trace_id) VALUES (?)'
const setTags = 'UPDATE traces SET tags = ? WHERE id = ?'
const setScore = 'UPDATE traces SET score = ? WHERE id = ?'
const correctCost = 'UPDATE traces SET booked_cost = coalesce(booked_cost, cost), cost = ? WHERE id = ?'
const setComment = 'UPDATE traces SET comment = ? WHERE id = ?'
const overwriteDeleted = 'PRAGMA secure_delete = ON'
const leaveDeleted = 'PRAGMA secure_delete = OFF'
const awaitIndexAgain = `
  INSERT OR IGNORE INTO search_queue (trace_id)
  SELECT later.id FROM traces AS erased JOIN traces AS later ON later.id > erased.id AND later.app = erased.app
  WHERE erased.id = ? ORDER BY later.id LIMIT ${READ_AGAIN}`
const deleteTrace = 'DELETE FROM traces WHERE id = ?'
/** What stays is numbers and names: nothing that anyone wrote. */
const clearTrace = `
  UPDATE traces SET title = '', error_message = NULL, comment = NULL, request_sha256 = NULL, response_sha256 = NULL
  WHERE id = ?`
const deleteTexts = [
  'DELETE FROM small_bodies WHERE trace_id = ?',
  'DELETE FROM span_texts WHERE trace_id = ?',
  'DELETE FROM search_queue WHERE trace_id = ?',
  'DELETE FROM search_documents WHERE trace_id = ?'
]
const deleteTraces = `DELETE FROM traces WHERE id IN (SELECT id FROM traces WHERE id < ? ORDER BY id LIMIT ${PRUNE_BATCH})`

/** What a call costs by other prices than those it was booked by. */
export interface CostCorrection {
  traceId: string
  cost: Cost
}

export type TraceUpdate = z.infer<typeof updateTraceSchema>

/** Traces as they are written, changed and deleted. */
export class TraceRepository {
  readonly #writer: Writer
  readonly #bodies: BodyRepository

  constructor(writer: Writer, bodies: BodyRepository) {
    this.#writer = writer
    this.#bodies = bodies
  }

  /** Holds on to nothing of the trace while it is on its way but what has yet to be written. */
  insert(trace: NewTrace): Promise<void> {
    const { id, startedAt } = trace.summary
    const request = this.#bodies.keep(trace.requestBody, startedAt)
    const response = this.#bodies.keep(trace.responseBody, startedAt)
    const hasText = trace.requestBody !== null || trace.responseBody !== null
    const statements: Statement[] = [
      ...request.statements,
      ...response.statements,
      insertTrace({ ...trace, requestKey: request.key, responseKey: response.key }),
      ...this.#bodies.keepSmall(id, request.small, response.small),
      ...trace.spans.flatMap(({ id: spanId, attributes }) =>
        attributes ? [keepSpanTexts(id, spanId, JSON.stringify(attributes))] : []
      )
    ]
    if (hasText) statements.push({ sql: awaitIndex, params: [id] })
    const forget = (error: unknown): never => {
      request.forget()
      response.forget()
      throw error
    }
    return this.#writer.write('traces', statements, 'soon').then(() => {}, forget)
  }

  async update(id: string, { tags, score, comment }: TraceUpdate): Promise<void> {
    const statements: Statement[] = []
    if (tags !== undefined) statements.push({ sql: setTags, params: [fromTags(tags), id] })
    if (score !== undefined) statements.push({ sql: setScore, params: [score, id] })
    if (comment !== undefined) statements.push({ sql: setComment, params: [comment || null, id] })
    if (statements.length > 0) await this.#writer.write('traces', statements)
  }

  /** Lets traces cost something else; what was booked first is kept beside it. Those that are gone are passed over. */
  async correctCosts(corrections: readonly CostCorrection[]): Promise<void> {
    const statements = corrections.map(({ traceId, cost }) => ({
      sql: correctCost,
      params: [JSON.stringify(cost), traceId]
    }))
    await this.#writer.write('traces', statements)
  }

  /** Deletes traces or only their texts, what hangs on them and these parts of bodies, and overwrites where they stood. */
  async erase(ids: readonly string[], parts: readonly Statement[], what: 'all' | 'texts'): Promise<void> {
    const erasing = what === 'all' ? [deleteTrace] : [clearTrace, ...deleteTexts]
    await this.#writer.write('traces', [
      { sql: overwriteDeleted },
      ...ids.map((id) => ({ sql: awaitIndexAgain, params: [id] })),
      ...ids.flatMap((id) => erasing.map((sql) => ({ sql, params: [id] }))),
      ...parts,
      { sql: leaveDeleted }
    ])
  }

  /** Deletes traces started before a time (milliseconds UTC). */
  async deleteBefore(time: number): Promise<void> {
    const params = [firstTraceIdOf(time)]
    for (;;) {
      const [result] = await this.#writer.write('traces', [{ sql: deleteTraces, params }])
      if (!result || result.changes < PRUNE_BATCH) return
    }
  }
}
