import { type TraceView, traceViewSchema } from '../contract/traces.ts'
import type { Reader, Writer } from '../store/store.ts'

const selectViews = 'SELECT name, query FROM trace_views ORDER BY position'
const deleteViews = 'DELETE FROM trace_views'
const insertView = 'INSERT INTO trace_views (position, name, query) VALUES (?, ?, ?)'

/** Lists of traces that the person gave a name. */
export class TraceViewRepository {
  readonly #writer: Writer
  readonly #reader: Reader

  constructor(writer: Writer, reader: Reader) {
    this.#writer = writer
    this.#reader = reader
  }

  all(): TraceView[] {
    return this.#reader
      .all<{ name: string; query: string }>(selectViews)
      .map(({ name, query }) => traceViewSchema.parse({ name, query: JSON.parse(query) }))
  }

  async replaceAll(views: readonly TraceView[]): Promise<void> {
    await this.#writer.write('traces', [
      { sql: deleteViews },
      ...views.map(({ name, query }, index) => ({
        sql: insertView,
        params: [index, name, JSON.stringify(query)]
      }))
    ])
  }
}
