import { HomeportError } from '../errors/homeport-error.ts'
import type { Connection } from './connection.ts'
import type { Migration } from './migration-files.ts'

/** The number of the last migration a database went through; 0 for a new one. */
export function schemaVersion(connection: Connection): number {
  return Number(connection.pragma('user_version', { simple: true }))
}

/** Throws `newer-data` for a database that a newer Homeport has written. Reads only. */
export function refuseNewer(version: number, migrations: readonly Migration[]): void {
  if (version > migrations.length)
    throw new HomeportError('newer-data', 'The data folder was written by a newer version of Homeport', {
      action: 'Update Homeport, or start this version with another data folder'
    })
}

/**
 * Runs what is missing, each migration in one transaction with its version, so that a database is always exactly one
 * version, whenever the power goes. Foreign keys are checked as a whole before each commit.
 */
export function migrate(connection: Connection, migrations: readonly Migration[]): void {
  const from = schemaVersion(connection)
  refuseNewer(from, migrations)
  if (from === migrations.length) return
  // enforced row by row they forbid rebuilding a table, and inside a transaction they cannot be switched
  connection.pragma('foreign_keys = OFF')
  try {
    for (const migration of migrations.slice(from)) run(connection, migration)
  } finally {
    connection.pragma('foreign_keys = ON')
  }
}

function run(connection: Connection, migration: Migration): void {
  connection.exec('BEGIN IMMEDIATE')
  try {
    connection.exec(migration.read())
    if (!connection.inTransaction) throw new Error(`${migration.name} ends the transaction it runs in`)
    const broken = connection.pragma('foreign_key_check')
    if (!Array.isArray(broken) || broken.length > 0)
      throw new Error(`${migration.name} leaves rows that refer to nothing`)
    connection.pragma(`user_version = ${migration.version}`)
    connection.exec('COMMIT')
  } catch (error) {
    if (connection.inTransaction) connection.exec('ROLLBACK')
    throw error
  }
}
