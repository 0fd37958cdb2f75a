import { HomeportError } from '../errors/homeport-error.ts'

/** The `SQLITE_*` code of an error that SQLite raised; null for any other. */
export function sqliteCode(error: unknown): string | null {
  if (!(error instanceof Error) || !('code' in error)) return null
  return typeof error.code === 'string' && error.code.startsWith('SQLITE_') ? error.code : null
}

/** Whether the file itself is no good: not a database, or malformed. */
export function isDamaged(error: unknown): boolean {
  const code = sqliteCode(error)
  return code !== null && (code.startsWith('SQLITE_NOTADB') || code.startsWith('SQLITE_CORRUPT'))
}

/** A failed read or write in words for people. SQLite's own words may quote data, so they stay in `cause`. */
export function storeFailure(error: unknown): HomeportError {
  if (error instanceof HomeportError) return error
  const code = sqliteCode(error) ?? ''
  if (code === 'SQLITE_FULL')
    return new HomeportError('unavailable', 'The disk is full, so this could not be saved', {
      action: 'Free some disk space and try again',
      retryable: true,
      cause: error
    })
  if (code === 'SQLITE_CONSTRAINT_UNIQUE' || code === 'SQLITE_CONSTRAINT_PRIMARYKEY')
    return new HomeportError('conflict', 'There is one of these already', { cause: error })
  if (isDamaged(error))
    return new HomeportError('internal', 'A database file is damaged', {
      action: 'Restart Homeport, so that it can restore a backup',
      cause: error
    })
  if (code.startsWith('SQLITE_IOERR') || code.startsWith('SQLITE_CANTOPEN') || code === 'SQLITE_READONLY')
    return new HomeportError('unavailable', 'The data folder cannot be read or written', {
      action: 'Check the disk and the permissions of the data folder',
      cause: error
    })
  if (code.startsWith('SQLITE_BUSY'))
    return new HomeportError('unavailable', 'Another program keeps the database locked', {
      action: 'Close programs that have the database open',
      retryable: true,
      cause: error
    })
  return new HomeportError('internal', 'A database query failed', { cause: error })
}
