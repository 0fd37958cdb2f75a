import { once } from 'node:events'
import { copyFileSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { expect, test } from 'vitest'
import { silentLogger } from '../lib/logger.ts'
import { databasePath, openReadable } from './connection.ts'
import { checkAfterUncleanStop } from './integrity.ts'
import {
  insertNote,
  migrationsOf,
  notesTable,
  noteTexts,
  openTestStore,
  startProcess,
  temporaryFolder
} from './store.test-support.ts'

test('a process killed while writing loses nothing it acknowledged', async () => {
  const dataDir = temporaryFolder()
  const migrations = migrationsOf(notesTable)
  const acknowledged: string[] = []
  for (const enough of [1, 40, 150]) {
    const child = startProcess(
      new URL('./test-processes/keep-writing.ts', import.meta.url),
      dataDir,
      migrations.href
    )
    let seen = 0
    for await (const line of createInterface({ input: child.stdout ?? process.stdin })) {
      acknowledged.push(line)
      seen += 1
      // what it still prints while it dies is acknowledged too, so the rest is read to its end
      if (seen === enough) child.kill('SIGKILL')
    }
    if (child.exitCode === null && child.signalCode === null) await once(child, 'exit')
    expect(child.signalCode).toBe('SIGKILL')
  }

  const store = await openTestStore(dataDir, migrations)
  const kept = new Set(noteTexts(store))
  expect(acknowledged.length).toBeGreaterThanOrEqual(191)
  expect(acknowledged.filter((text) => !kept.has(text))).toEqual([])

  expect(store.uncleanlyClosed).toEqual(['homeport'])
  const notices = await checkAfterUncleanStop({
    dataDir,
    databases: store.uncleanlyClosed,
    logger: silentLogger
  })
  expect(notices).toEqual([])
})

test('a log that a power cut left torn or scrambled gives a prefix of what was written', async () => {
  const dataDir = temporaryFolder()
  const migrations = migrationsOf(notesTable)
  const store = await openTestStore(dataDir, migrations)
  const written = Array.from({ length: 60 }, (_, n) => `note ${n}`)
  for (const text of written) await store.write('homeport', [insertNote(text)])
  const path = databasePath(dataDir, 'homeport')
  const log = readFileSync(`${path}-wal`)

  let shortest = written.length
  for (let trial = 0; trial < 40; trial += 1) {
    const torn = Buffer.from(log)
    const at = Math.floor((log.length * trial) / 40)
    if (trial % 2 === 0) torn.fill(0x5a, at, at + 512)
    const copy = join(temporaryFolder(), 'homeport.db')
    copyFileSync(path, copy)
    writeFileSync(`${copy}-wal`, trial % 2 === 0 ? torn : torn.subarray(0, at))

    const connection = openReadable(copy)
    const kept = connection.prepare('SELECT text FROM notes ORDER BY id').pluck().all()
    expect(connection.pragma('integrity_check', { simple: true })).toBe('ok')
    connection.close()
    expect(kept).toEqual(written.slice(0, kept.length))
    shortest = Math.min(shortest, kept.length)
  }
  // else nothing was torn
  expect(shortest).toBe(0)
})

test('a clean close leaves nothing to check', async () => {
  const dataDir = temporaryFolder()
  const migrations = migrationsOf(notesTable)
  const first = await openTestStore(dataDir, migrations)
  await first.write('homeport', [{ sql: "INSERT INTO notes (text) VALUES ('a')" }])
  await first.close()
  const second = await openTestStore(dataDir, migrations)
  expect(second.uncleanlyClosed).toEqual([])
})
