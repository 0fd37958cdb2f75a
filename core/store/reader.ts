import type { Statement } from 'better-sqlite3'
import type { Connection } from './connection.ts'
import type { SqlValue } from './sql.ts'
import { storeFailure } from './sqlite-failure.ts'
import type { Reader } from './store.ts'

/** Reads of one connection. Statements are constants of repositories, so each text is prepared once and kept. */
export function createReader(connection: Connection, onFailure?: (error: unknown) => void): Reader {
  const prepared = new Map<string, Statement>()

  const run = <T>(sql: string, query: (statement: Statement) => T): T => {
    try {
      let statement = prepared.get(sql)
      if (!statement) {
        statement = connection.prepare(sql)
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
      run(sql, (statement) => statement.pluck(false).all(...params) as T[]),
    get: <T>(sql: string, ...params: SqlValue[]) =>
      run(sql, (statement) => statement.pluck(false).get(...params) as T | undefined),
    values: <T extends SqlValue>(sql: string, ...params: SqlValue[]) =>
      run(sql, (statement) => statement.pluck(true).all(...params) as T[])
  }
}
