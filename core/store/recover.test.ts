import {
  closeSync,
  existsSync,
  openSync,
  readdirSync,
  readFileSync,
  rmSync,
  truncateSync,
  writeFileSync,
  writeSync
} from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { silentLogger } from '../lib/logger.ts'
import { listBackups } from './backup.ts'
import { databasePath } from './connection.ts'
import { backupIfDue, checkAfterUncleanStop } from './integrity.ts'
import {
  insertNote,
  migrationsOf,
  notesTable,
  noteTexts,
  openTestStore,
  temporaryFolder
} from './store.test-support.ts'

const migrations = () => migrationsOf(notesTable)

/** A closed data folder with one backed-up note and one written later. */
async function folderWithBackup(): Promise<string> {
  const dataDir = temporaryFolder()
  const store = await openTestStore(dataDir, migrations())
  await store.write('homeport', [insertNote('backed up')])
  expect(await backupIfDue({ dataDir, logger: silentLogger })).toBe(true)
  await store.write('homeport', [insertNote(`later ${'x'.repeat(50_000)}`)])
  await store.close()
  return dataDir
}

const overwrite = (path: string, at: number, length: number): void => {
  const file = openSync(path, 'r+')
  writeSync(file, Buffer.alloc(length, 0xa5), 0, length, at)
  closeSync(file)
}

test.each([
  ['is overwritten at its start', (path: string) => overwrite(path, 0, 512)],
  ['has a broken schema page', (path: string) => overwrite(path, 100, 3000)],
  ['holds something else', (path: string) => writeFileSync(path, 'not a database at all'.repeat(300))]
])('a database that %s is kept aside and the newest backup restored, with a notice', async (_, damage) => {
  const dataDir = await folderWithBackup()
  const path = databasePath(dataDir, 'homeport')
  damage(path)
  const damaged = readFileSync(path)

  const store = await openTestStore(dataDir, migrations())
  expect(noteTexts(store)).toEqual(['backed up'])
  const kept = readdirSync(dataDir).find((name) => name.startsWith('homeport.db.corrupt-'))
  expect(readFileSync(join(dataDir, kept ?? ''))).toEqual(damaged)
  expect(store.notices).toHaveLength(1)
  expect(store.notices[0]).toMatch(/homeport\.db was damaged.*\d{4}-\d\d-\d\d \d\d:\d\d UTC was restored/)
  expect(store.notices[0]).not.toContain(dataDir)

  await store.write('homeport', [insertNote('new')])
  await store.close()
  const again = await openTestStore(dataDir, migrations())
  expect(again.notices).toEqual([])
  expect(noteTexts(again)).toEqual(['backed up', 'new'])
})

test.each([
  ['is gone', (path: string) => rmSync(path)],
  ['is empty', (path: string) => truncateSync(path, 0)]
])('a database that %s is restored from its backup, with a notice', async (_, lose) => {
  const dataDir = await folderWithBackup()
  lose(databasePath(dataDir, 'homeport'))
  const store = await openTestStore(dataDir, migrations())
  expect(noteTexts(store)).toEqual(['backed up'])
  expect(store.notices[0]).toMatch(/homeport\.db was missing/)
})

test('a damaged backup is passed over for an older good one', async () => {
  const dataDir = await folderWithBackup()
  const [good] = listBackups(dataDir, 'homeport')
  const bad = (good?.path ?? '').replace(/homeport-\d{4}/, 'homeport-2999')
  writeFileSync(bad, 'not a database either')
  overwrite(databasePath(dataDir, 'homeport'), 0, 512)
  const store = await openTestStore(dataDir, migrations())
  expect(noteTexts(store)).toEqual(['backed up'])
})

test('without any backup an unreadable database is kept aside, and the empty one announced', async () => {
  const dataDir = temporaryFolder()
  writeFileSync(databasePath(dataDir, 'homeport'), 'not a database at all'.repeat(300))
  const store = await openTestStore(dataDir, migrations())
  expect(store.notices[0]).toMatch(/could not be read and there was no backup/)
  expect(readdirSync(dataDir).some((name) => name.startsWith('homeport.db.corrupt-'))).toBe(true)
})

test('damage inside is found by the check after an unclean stop, and the next start restores', async () => {
  const dataDir = await folderWithBackup()
  const path = databasePath(dataDir, 'homeport')
  overwrite(path, readFileSync(path).length - 20_000, 8192)
  const store = await openTestStore(dataDir, migrations())
  expect(store.notices).toEqual([])
  const notices = await checkAfterUncleanStop({
    dataDir,
    databases: ['homeport', 'traces'],
    logger: silentLogger
  })
  expect(notices).toEqual([expect.stringMatching(/homeport\.db is damaged. Restart/)])
  await store.close()

  const restarted = await openTestStore(dataDir, migrations())
  expect(noteTexts(restarted)).toEqual(['backed up'])
  expect(restarted.notices[0]).toMatch(/was restored/)
  await restarted.close()
  expect((await openTestStore(dataDir, migrations())).notices).toEqual([])
})

test('damage inside without a backup keeps what can still be read, and says so', async () => {
  const dataDir = await folderWithBackup()
  rmSync(join(dataDir, 'backups'), { recursive: true })
  const path = databasePath(dataDir, 'homeport')
  overwrite(path, readFileSync(path).length - 20_000, 8192)
  await checkAfterUncleanStop({ dataDir, databases: ['homeport'], logger: silentLogger })
  const store = await openTestStore(dataDir, migrations())
  expect(store.homeport.get('SELECT text FROM notes WHERE id = 1')).toEqual({ text: 'backed up' })
  expect(store.notices[0]).toMatch(/damaged in places and there is no backup/)
})

test('a query that meets damage says what to do, and the next start examines the file', async () => {
  const dataDir = await folderWithBackup()
  const path = databasePath(dataDir, 'homeport')
  // the page of the table's root: every query of it fails
  overwrite(path, 4096, 4096)
  const store = await openTestStore(dataDir, migrations())
  expect(() => noteTexts(store)).toThrow(/damaged/)
  await store.close()
  expect(noteTexts(await openTestStore(dataDir, migrations()))).toEqual(['backed up'])
})

test('a backup is made once a day and five are kept', async () => {
  const dataDir = await folderWithBackup()
  const day = 24 * 60 * 60 * 1000
  expect(await backupIfDue({ dataDir, logger: silentLogger })).toBe(false)
  for (let n = 1; n <= 6; n += 1) {
    const name = new Date(Date.UTC(2020, 0, n)).toISOString().replace(/[:.]/g, '-')
    writeFileSync(join(dataDir, 'backups', `homeport-${name}.db`), '')
  }
  expect(await backupIfDue({ dataDir, logger: silentLogger, now: () => Date.now() + day })).toBe(true)
  const kept = listBackups(dataDir, 'homeport')
  expect(kept).toHaveLength(5)
  expect(kept.map((backup) => new Date(backup.takenAt).getUTCFullYear() > 2020)).toEqual([
    true,
    true,
    false,
    false,
    false
  ])
  expect(existsSync(kept[0]?.path ?? '')).toBe(true)
})
