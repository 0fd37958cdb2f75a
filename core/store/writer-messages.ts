import type { SqlParam, SqlValue } from './sql.ts'
import type { DatabaseName, Statement, WriteResult } from './store.ts'

/** One `write()` on its way to the worker. */
export interface WriteCall {
  id: number
  database: DatabaseName
  statements: readonly Statement[]
}

/** A statement without its text, which is posted once and has a number from then on: texts are longer than what they bind. */
export interface NumberedStatement {
  sql: number
  params?: readonly SqlParam[]
  otherwise?: NumberedStatement
}

/** A `WriteCall` as it is posted. */
export interface PostedCall {
  id: number
  database: DatabaseName
  statements: readonly NumberedStatement[]
}

/**
 * To the worker: the calls of one tick, in order, and the texts that none before them had, in the order of their numbers.
 * `close` is the last message.
 */
export type ToWriter = { type: 'write'; texts: string[]; calls: PostedCall[] } | { type: 'close' }

/** What became of one call, told after its commit. Errors do not survive the way between threads, so they are taken apart. */
export type WriteOutcome =
  | { id: number; ok: true; results: WriteResult[] }
  | { id: number; ok: false; sqliteCode: string | null; message: string }

export interface WriterWorkerData {
  paths: Record<DatabaseName, string>
}

export type Row = Record<string, SqlValue>
