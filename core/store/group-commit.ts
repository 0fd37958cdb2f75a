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
 * All calls share one transaction, and so one wait for the disk. Each stands in a savepoint: a failing one takes nothing
 * along. What SQLite finds out only at the commit (a full disk, a deferred constraint) undoes all of them, so then they are
 * tried again one by one. Not after an I/O error: a second try may seem to succeed where the first did not reach the disk.
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

  const savepoint = connection.prepare('SAVEPOINT call')
  const release = connection.prepare('RELEASE call')
  const runInSavepoint = (call: WriteCall): WriteOutcome => {
    savepoint.run()
    try {
      const results = run(call)
      release.run()
      return { id: call.id, ok: true, results }
    } catch (error) {
      if (!connection.inTransaction) throw error
      connection.exec('ROLLBACK TO call; RELEASE call')
      return failedOutcome(call, error)
    }
  }

  const together = (calls: readonly WriteCall[]): WriteOutcome[] => {
    connection.exec('BEGIN IMMEDIATE')
    try {
      const outcomes = calls.map(runInSavepoint)
      connection.exec('COMMIT')
      return outcomes
    } catch (error) {
      if (connection.inTransaction) connection.exec('ROLLBACK')
      throw error
    }
  }

  return (calls) => {
    try {
      return together(calls)
    } catch (error) {
      if (calls.length === 1 || sqliteCode(error)?.startsWith('SQLITE_IOERR'))
        return calls.map((call) => failedOutcome(call, error))
    }
    return calls.map((call) => {
      try {
        return together([call])[0] ?? failedOutcome(call, null)
      } catch (error) {
        return failedOutcome(call, error)
      }
    })
  }
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
