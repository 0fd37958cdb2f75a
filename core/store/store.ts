import type { SqlParam, SqlValue } from './sql.ts'

export const databaseNames = ['homeport', 'traces'] as const
export type DatabaseName = (typeof databaseNames)[number]

/** One SQL statement with bound parameters. Text is a constant of a repository, never built from input. */
export interface Statement {
  sql: string
  params?: readonly SqlParam[]
  /** Runs in its place when it changes nothing. */
  otherwise?: Statement
}

/** `rows` is filled by statements with RETURNING. */
export interface WriteResult {
  changes: number
  rows: Record<string, SqlValue>[]
}

/** The only way to change a database. */
export interface Writer {
  /**
   * Runs the statements as one transaction of `database` and resolves after it is committed; on an error none of them
   * took effect. Writes of one tick share a commit; those that may go `soon`, where nobody waits for them, share it with
   * all others of the next few milliseconds. Order of calls is order of effect.
   */
  write(
    database: DatabaseName,
    statements: readonly Statement[],
    when?: 'now' | 'soon'
  ): Promise<WriteResult[]>
}

/** A read-only connection. Statements are prepared once per text. */
export interface Reader {
  all<T>(sql: string, ...params: SqlValue[]): T[]
  get<T>(sql: string, ...params: SqlValue[]): T | undefined
  /** Of rows of one column, what stands in it. */
  values<T extends SqlValue>(sql: string, ...params: SqlValue[]): T[]
}

/** The open data of one folder. */
export interface Store extends Writer {
  readonly homeport: Reader
  readonly traces: Reader
  /** What happened while opening that the person should know: a restored backup, a repaired file. */
  readonly notices: readonly string[]
  /** Waits for queued writes, then closes everything. */
  close(): Promise<void>
}
