import type { SqlParam } from './sql.ts'
import type { Statement } from './store.ts'

/** Columns of a table, each with what goes there. */
export type Columns<T> = Readonly<Record<string, (row: T) => SqlParam>>

/**
 * Makes inserts into a table. Binding a value takes as long as writing it, a null as well: where none of the columns in
 * `seldom` has one, they are left out.
 */
export function insertion<T>(table: string, usual: Columns<T>, seldom: Columns<T>): (row: T) => Statement {
  const readUsual = Object.values(usual)
  const readSeldom = Object.values(seldom)
  const usualSql = insertSql(table, Object.keys(usual))
  const wholeSql = insertSql(table, [...Object.keys(usual), ...Object.keys(seldom)])
  return (row) => {
    const params = readUsual.map((read) => read(row))
    const more = readSeldom.map((read) => read(row))
    return more.every((value) => value === null)
      ? { sql: usualSql, params }
      : { sql: wholeSql, params: [...params, ...more] }
  }
}

const insertSql = (table: string, columns: readonly string[]): string =>
  `INSERT INTO ${table} (${columns.join(', ')}) VALUES (${columns.map(() => '?').join(', ')})`
