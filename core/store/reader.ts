import type { Statement } from 'better-sqlite3'
import type { Connection } from './connection.ts'
import type { SqlValue } from './sql.ts'
import { storeFailure } from './sqlite-failure.ts'
import type { Reader } from './store.ts'

/** Reads of one connection. Statements are constants of repositories, so each text is prepared once for each use and kept. */
export function createReader(connection: Connection, onFailure?: (error: unknown) => void): Reader {
  const forRows = new Map<string, Statement>()
  /** Apart: such a statement gives no rows. */
  const forValues = new Map<string, Statement>()

  const run = <T>(prepared: Map<string, Statement>, sql: string, query: (statement: Statement) => T): T => {
    try {
      let statement = prepared.get(sql)
      if (!statement) {
        statement = connection.prepare(sql)
        if (prepared === forValues) statement.pluck()
        prepared.set(sql, statement)
      }
      return query(statement)
    } catch (error) {
      onFailure?.(error)
      throw storeFailure(error)
    }
  }

  return {
    // the caller names the shape of its own SELECT: nothing here could know it
    all: <T>(sql: string, ...params: SqlValue[]) =>
      run(forRows, sql, (statement) => statement.all(...params) as T[]),
    get: <T>(sql: string, ...params: SqlValue[]) =>
      run(forRows, sql, (statement) => statement.get(...params) as T | undefined),
    values: <T extends SqlValue>(sql: string, ...params: SqlValue[]) =>
      run(forValues, sql, (statement) => statement.all(...params) as T[])
  }
}
