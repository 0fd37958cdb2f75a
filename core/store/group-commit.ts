import type { Statement as Prepared } from 'better-sqlite3'
import { compress } from './compression.ts'
import type { Connection } from './connection.ts'
import type { SqlParam, SqlValue } from './sql.ts'
import { sqliteCode } from './sqlite-failure.ts'
import type { Statement, WriteResult } from './store.ts'
import type { Row, WriteCall, WriteOutcome } from './writer-messages.ts'

/** Runs the calls of one database, in order, and says what became of each once that is on disk. */
export type GroupCommit = (calls: readonly WriteCall[]) => WriteOutcome[]

/**
 * All calls share one transaction, and so one wait for the disk. Where one fails, nothing took effect: those before it, that
 * one and those after it are then tried apart, so that it takes nobody along. A savepoint for each would spare that, but
 * costs every call as much as a statement of its own. What SQLite finds out only at the commit (a full disk, a deferred
 * constraint) may be anyone's doing, so all are tried one by one. Not after an I/O error: a second try may seem to succeed
 * where the first did not reach the disk.
 */
export function groupCommit(connection: Connection): GroupCommit {
  const prepared = new Map<string, Prepared>()

  const runStatement = ({ sql, params = [], otherwise }: Statement): WriteResult => {
    let statement = prepared.get(sql)
    if (!statement) {
      statement = connection.prepare(sql)
      prepared.set(sql, statement)
    }
    // one that gives nothing back may work a step at a time, and `run` takes one only
    if (!statement.reader && sql.startsWith('PRAGMA')) {
      connection.exec(sql)
      return { changes: 0, rows: [] }
    }
    const values = params.map(toSqlValue)
    // better-sqlite3 types rows as unknown; SQLite returns nothing but its own value types
    const rows = statement.reader ? (statement.all(...values) as Row[]) : []
    const changes = statement.reader ? rows.length : statement.run(...values).changes
    return changes === 0 && otherwise ? runStatement(otherwise) : { changes, rows }
  }

  const run = (call: WriteCall): WriteResult[] => call.statements.map(runStatement)

  const commit: GroupCommit = (calls) => {
    if (calls.length === 0) return []
    const outcomes: WriteOutcome[] = []
    try {
      connection.exec('BEGIN IMMEDIATE')
      for (const call of calls) outcomes.push({ id: call.id, ok: true, results: run(call) })
      connection.exec('COMMIT')
      return outcomes
    } catch (error) {
      if (connection.inTransaction) connection.exec('ROLLBACK')
      if (calls.length === 1 || sqliteCode(error)?.startsWith('SQLITE_IOERR'))
        return calls.map((call) => failedOutcome(call, error))
    }
    const failed = outcomes.length
    if (failed === calls.length) return calls.flatMap((call) => commit([call]))
    return [calls.slice(0, failed), calls.slice(failed, failed + 1), calls.slice(failed + 1)].flatMap(commit)
  }
  return commit
}

/** Compressed here rather than by a function inside the SQL, which would copy both the value and what comes of it. */
function toSqlValue(param: SqlParam): SqlValue {
  const isPlain = typeof param !== 'object' || param === null || param instanceof Uint8Array
  return isPlain ? param : compress(param.zstd)
}

export function failedOutcome(call: WriteCall, error: unknown): WriteOutcome {
  const message = error instanceof Error ? error.message : String(error)
  return { id: call.id, ok: false, sqliteCode: sqliteCode(error), message }
}
