import type { PostedCalls } from './posted-calls.ts'
import type { SqlValue } from './sql.ts'
import type { DatabaseName, Statement, WriteResult } from './store.ts'

/** One `write()` on its way to the worker. */
export interface WriteCall {
  id: number
  database: DatabaseName
  statements: readonly Statement[]
}

/** To the worker: the calls of one tick, in order. `close` is the last message. */
export type ToWriter = ({ type: 'write' } & PostedCalls) | { type: 'close' }

/** What became of one call, told after its commit. Errors do not survive the way between threads, so they are taken apart. */
export type WriteOutcome =
  | { id: number; ok: true; results: WriteResult[] }
  | { id: number; ok: false; sqliteCode: string | null; message: string }

export interface WriterWorkerData {
  paths: Record<DatabaseName, string>
}

export type Row = Record<string, SqlValue>
