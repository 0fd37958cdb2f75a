import { type ChildProcess, spawn } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { onTestFinished } from 'vitest'
import { silentLogger } from '../lib/logger.ts'
import { type OpenedStore, openStore } from './open-store.ts'

/** An empty private folder that is gone after the test. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'homeport-store-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  return folder
}

/** A migrations folder with these SQL texts for homeport.db, and none for traces.db. */
export function migrationsOf(...texts: string[]): URL {
  const folder = temporaryFolder()
  mkdirSync(join(folder, 'homeport'))
  mkdirSync(join(folder, 'traces'))
  for (const [index, text] of texts.entries())
    writeFileSync(join(folder, 'homeport', `${String(index + 1).padStart(4, '0')}-step.sql`), text)
  return pathToFileURL(`${folder}/`)
}

/** The tables of the rooms settings and access. */
export const settingsAndAccessTables = readFileSync(
  new URL('./migrations/homeport/0001-settings-and-access.sql', import.meta.url),
  'utf8'
)
export const notesTable = 'CREATE TABLE notes (id INTEGER PRIMARY KEY, text TEXT UNIQUE) STRICT'
export const insertNote = (text: string) => ({ sql: 'INSERT INTO notes (text) VALUES (?)', params: [text] })
export const noteTexts = (store: OpenedStore): string[] =>
  store.homeport.all<{ text: string }>('SELECT text FROM notes ORDER BY id').map((row) => row.text)

/** A store with one table `notes`, or with what the migrations make; closed after the test if the test did not. */
export async function openTestStore(
  dataDir: string,
  migrations: URL = migrationsOf(notesTable)
): Promise<OpenedStore> {
  const store = await openStore({ dataDir, logger: silentLogger, migrations })
  onTestFinished(() => store.close())
  return store
}

/** Runs a TypeScript entry in a process of its own; killed after the test. */
export function startProcess(entry: URL, ...args: string[]): ChildProcess {
  const child = spawn(process.execPath, [entry.pathname, ...args], { stdio: ['ignore', 'pipe', 'inherit'] })
  onTestFinished(() => void child.kill('SIGKILL'))
  return child
}
