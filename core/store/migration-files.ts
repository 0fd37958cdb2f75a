import { readdirSync, readFileSync } from 'node:fs'
import type { DatabaseName } from './store.ts'

/** One numbered SQL file. `version` is the database's `user_version` once it has run. */
export interface Migration {
  version: number
  name: string
  read(): string
}

/** The folder beside the code, in the source tree and in the build alike. */
export const migrationsFolder = new URL('./migrations/', import.meta.url)

/**
 * The migrations of a database, oldest first. Throws when the numbers do not run 1, 2, 3: then two branches of the
 * product took the same number, and which database is in which state could not be told any more.
 */
export function listMigrations(database: DatabaseName, folder: URL = migrationsFolder): Migration[] {
  const files = new URL(`${database}/`, folder)
  const names = readdirSync(files)
    .filter((name) => name.endsWith('.sql'))
    .sort()
  return names.map((name, index) => {
    const version = index + 1
    if (!/^\d{4}-[a-z0-9-]+\.sql$/.test(name) || Number(name.slice(0, 4)) !== version)
      throw new Error(
        `${database}/${name} should be number ${version}: migrations are NNNN-what.sql, without gaps or doubles`
      )
    return { version, name, read: () => readFileSync(new URL(name, files), 'utf8') }
  })
}
