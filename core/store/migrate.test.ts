import { createHash } from 'node:crypto'
import { once } from 'node:events'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { createInterface } from 'node:readline'
import { expect, test } from 'vitest'
import { silentLogger } from '../lib/logger.ts'
import { listBackups } from './backup.ts'
import { databasePath, openReadable, openWritable } from './connection.ts'
import { schemaVersion } from './migrate.ts'
import { listMigrations } from './migration-files.ts'
import { openStore } from './open-store.ts'
import {
  insertNote,
  migrationsOf,
  notesTable,
  noteTexts,
  openTestStore,
  startProcess,
  temporaryFolder
} from './store.test-support.ts'

const addColumn = "ALTER TABLE notes ADD COLUMN kind TEXT NOT NULL DEFAULT 'plain'"

test('brings old data to the new schema, after a backup of it', async () => {
  const dataDir = temporaryFolder()
  const old = await openTestStore(dataDir, migrationsOf(notesTable))
  await old.write('homeport', [insertNote('old')])
  await old.close()
  expect(listBackups(dataDir, 'homeport')).toEqual([])

  const store = await openTestStore(dataDir, migrationsOf(notesTable, addColumn))
  expect(store.homeport.all('SELECT text, kind FROM notes')).toEqual([{ text: 'old', kind: 'plain' }])

  const [backup] = listBackups(dataDir, 'homeport')
  const copy = openReadable(backup?.path ?? '')
  expect(schemaVersion(copy)).toBe(1)
  expect(copy.prepare('SELECT * FROM notes').all()).toEqual([{ id: 1, text: 'old' }])
  copy.close()
})

test('opening again with nothing to do makes no backup', async () => {
  const dataDir = temporaryFolder()
  const migrations = migrationsOf(notesTable, addColumn)
  await (await openTestStore(dataDir, migrations)).close()
  await openTestStore(dataDir, migrations)
  expect(listBackups(dataDir, 'homeport')).toEqual([])
})

test('a failing migration leaves the data as it was before it, and says so', async () => {
  const dataDir = temporaryFolder()
  const old = await openTestStore(dataDir, migrationsOf(notesTable))
  await old.write('homeport', [insertNote('kept')])
  await old.close()

  const broken = openTestStore(
    dataDir,
    migrationsOf(notesTable, `${addColumn}; INSERT INTO nowhere VALUES (1)`)
  )
  await expect(broken).rejects.toThrow(/left as they were/)

  const store = await openTestStore(dataDir, migrationsOf(notesTable))
  expect(store.homeport.all('SELECT * FROM notes')).toEqual([{ id: 1, text: 'kept' }])
})

test.each([
  ['ends its own transaction', 'COMMIT'],
  ['leaves rows that refer to nothing', 'CREATE TABLE b (n REFERENCES notes (id)); INSERT INTO b VALUES (9)']
])('a migration that %s is undone', async (_, text) => {
  const dataDir = temporaryFolder()
  await expect(openTestStore(dataDir, migrationsOf(notesTable, text))).rejects.toMatchObject({
    code: 'internal'
  })
  const connection = openReadable(databasePath(dataDir, 'homeport'))
  expect(schemaVersion(connection)).toBe(1)
  connection.close()
})

test('a database of a newer version is refused and not one byte of it changed', async () => {
  const dataDir = temporaryFolder()
  const newer = await openTestStore(dataDir, migrationsOf(notesTable, addColumn))
  await newer.write('homeport', [insertNote('from the future')])
  await newer.close()
  const digest = () =>
    createHash('sha256')
      .update(readFileSync(databasePath(dataDir, 'homeport')))
      .digest('hex')
  const before = digest()

  const opening = openStore({ dataDir, logger: silentLogger, migrations: migrationsOf(notesTable) })
  await expect(opening).rejects.toMatchObject({ name: 'HomeportError', code: 'newer-data' })
  expect(digest()).toBe(before)
  const again = await openTestStore(dataDir, migrationsOf(notesTable, addColumn))
  expect(noteTexts(again)).toEqual(['from the future'])
})

test('newer traces keep an older homeport.db from being migrated', async () => {
  const dataDir = temporaryFolder()
  await (await openTestStore(dataDir, migrationsOf(notesTable))).close()
  const traces = openWritable(databasePath(dataDir, 'traces'), 'traces')
  traces.pragma('user_version = 9')
  traces.close()
  const opening = openTestStore(dataDir, migrationsOf(notesTable, addColumn))
  await expect(opening).rejects.toMatchObject({ code: 'newer-data' })
  const connection = openReadable(databasePath(dataDir, 'homeport'))
  expect(schemaVersion(connection)).toBe(1)
  connection.close()
})

test.each([
  ['a gap', ['0001-a.sql', '0003-c.sql']],
  ['a double', ['0001-a.sql', '0001-b.sql', '0002-c.sql']],
  ['no number', ['first.sql']]
])('refuses %s in the numbers', (_, names) => {
  const folder = new URL('./gaps/', migrationsOf())
  mkdirSync(new URL('homeport/', folder), { recursive: true })
  for (const name of names) writeFileSync(new URL(`homeport/${name}`, folder), 'SELECT 1')
  expect(() => listMigrations('homeport', folder)).toThrow(/NNNN-what\.sql/)
})

const steps = 6
const slowMigration = [
  ...Array.from(
    { length: steps },
    (_, n) => `CREATE TABLE step${n} (n); INSERT INTO step${n} VALUES (reached(${n}))`
  ),
  'UPDATE notes SET text = text || reached(99)'
].join(';\n')

test.each(Array.from({ length: steps + 1 }, (_, n) => n))(
  'killed after step %i of a migration, the data is of the old version or the new, never between',
  async (linesBeforeKill) => {
    const dataDir = temporaryFolder()
    const old = await openTestStore(dataDir, migrationsOf(notesTable))
    await old.write('homeport', [insertNote('kept')])
    await old.close()

    const path = databasePath(dataDir, 'homeport')
    const child = startProcess(
      new URL('./test-processes/migrate-slowly.ts', import.meta.url),
      path,
      migrationsOf(notesTable, slowMigration).href
    )
    const lines = createInterface({ input: child.stdout ?? process.stdin })
    let seen = 0
    for await (const _line of lines) {
      seen += 1
      if (seen > linesBeforeKill) break
    }
    child.kill('SIGKILL')
    await once(child, 'exit')

    const connection = openReadable(path)
    const version = schemaVersion(connection)
    const tables = connection
      .prepare("SELECT count(*) FROM sqlite_schema WHERE name LIKE 'step%'")
      .pluck()
      .get()
    const text = connection.prepare('SELECT text FROM notes').pluck().get()
    expect(connection.pragma('integrity_check', { simple: true })).toBe('ok')
    connection.close()
    expect([
      { version: 1, tables: 0, text: 'kept' },
      { version: 2, tables: steps, text: 'kept1' }
    ]).toContainEqual({ version, tables, text })
  }
)
