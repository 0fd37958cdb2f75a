import { readFileSync } from 'node:fs'
import Database from 'better-sqlite3'
import type { Reader, Statement, WriteResult, Writer } from '../store/store.ts'

/** For tests: this room's table in a database in memory. */
export function openMemoryStore(): Writer & { readonly homeport: Reader; close(): Promise<void> } {
  const database = new Database(':memory:')
  const migration = new URL('../store/migrations/homeport/0005-local-models.sql', import.meta.url)
  database.exec(readFileSync(migration, 'utf8'))
  const run = ({ sql, params = [] }: Statement): WriteResult => ({
    changes: database.prepare(sql).run(...params).changes,
    rows: []
  })
  return {
    homeport: {
      all: <T>(sql: string, ...params: unknown[]) => database.prepare<unknown[], T>(sql).all(...params),
      get: <T>(sql: string, ...params: unknown[]) => database.prepare<unknown[], T>(sql).get(...params)
    },
    write: async (_, statements) => database.transaction(() => statements.map(run))(),
    close: async () => void database.close()
  }
}
