import { existsSync } from 'node:fs'
import { HomeportError } from '../errors/homeport-error.ts'
import type { Logger } from '../lib/logger.ts'
import { takeBackup } from './backup.ts'
import { type Connection, databasePath, openReadable, openWritable } from './connection.ts'
import { migrate, refuseNewer, schemaVersion } from './migrate.ts'
import { listMigrations, type Migration, migrationsFolder } from './migration-files.ts'
import { createReader } from './reader.ts'
import { markSuspect, recoverIfNeeded, wasLeftOpen } from './recover.ts'
import { isDamaged, storeFailure } from './sqlite-failure.ts'
import { type DatabaseName, databaseNames, type Store } from './store.ts'
import { createWriter } from './writer.ts'

export interface OpenStoreOptions {
  /** A prepared data folder whose lock the caller holds. */
  dataDir: string
  logger: Logger
  /** Holds a folder of numbered SQL files for each database. Default: those of this version of Homeport. */
  migrations?: URL
}

export interface OpenedStore extends Store {
  /** Databases whose last owner died with them open. `checkAfterUncleanStop` looks them through. */
  readonly uncleanlyClosed: readonly DatabaseName[]
}

/**
 * Opens the data of one folder: restores what is damaged, refuses what a newer version has written, brings the rest to
 * this version's schema (each database after a backup of it), and only then lets anyone read or write.
 * Throws `newer-data` for newer data, which is left as it was; `unavailable` when the disk does not play along.
 */
export async function openStore(options: OpenStoreOptions): Promise<OpenedStore> {
  const { dataDir, logger } = options
  const uncleanlyClosed = databaseNames.filter((database) => wasLeftOpen(dataDir, database))
  const readers: Connection[] = []
  try {
    const notices = databaseNames.flatMap((database) => recoverIfNeeded(dataDir, database, Date.now()) ?? [])
    for (const notice of notices) logger.warn({}, notice)
    migrateAll(dataDir, options.migrations ?? migrationsFolder, logger)

    const openReader = (database: DatabaseName) => {
      const connection = openReadable(databasePath(dataDir, database))
      readers.push(connection)
      return createReader(connection, (error) => noteDamage(error, database))
    }
    const noteDamage = (error: unknown, database: DatabaseName): void => {
      if (!isDamaged(error)) return
      logger.error({ database, error }, 'A database is damaged; the next start examines it')
      markSuspect(dataDir, database)
    }
    const homeport = openReader('homeport')
    const traces = openReader('traces')
    const writer = createWriter({
      paths: { homeport: databasePath(dataDir, 'homeport'), traces: databasePath(dataDir, 'traces') },
      logger,
      onFailure: noteDamage
    })
    return {
      homeport,
      traces,
      notices,
      uncleanlyClosed,
      write: writer.write,
      async close() {
        // readers first: the writer's connection must be the last, so that it can tidy up the write-ahead log
        for (const reader of readers) reader.close()
        await writer.close()
      }
    }
  } catch (error) {
    for (const reader of readers) reader.close()
    throw error instanceof HomeportError ? error : storeFailure(error)
  }
}

/** Null: there is no database yet. */
function currentVersion(path: string): number | null {
  if (!existsSync(path)) return null
  const connection = openReadable(path)
  try {
    return schemaVersion(connection)
  } finally {
    connection.close()
  }
}

/** All versions are looked at before any database is changed: newer data means that nothing is touched. */
function migrateAll(dataDir: string, folder: URL, logger: Logger): void {
  const pending: { database: DatabaseName; migrations: Migration[]; version: number }[] = []
  for (const database of databaseNames) {
    const migrations = listMigrations(database, folder)
    const version = currentVersion(databasePath(dataDir, database))
    refuseNewer(version ?? 0, migrations)
    if (version === null || version < migrations.length)
      pending.push({ database, migrations, version: version ?? 0 })
  }
  for (const { database, migrations, version } of pending) {
    const connection = openWritable(databasePath(dataDir, database), database)
    try {
      if (version > 0) takeBackup(connection, dataDir, database)
      migrate(connection, migrations)
    } catch (error) {
      throw migrationFailure(error)
    } finally {
      connection.close()
    }
    logger.info({ database, from: version, to: migrations.length }, 'Brought a database to this version')
  }
}

function migrationFailure(error: unknown): HomeportError {
  const failure = storeFailure(error)
  if (failure.code !== 'internal') return failure
  return new HomeportError(
    'internal',
    'The data could not be brought to this version; they were left as they were',
    {
      action: 'Go back to the version of Homeport you had, and report this',
      cause: error
    }
  )
}
