import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { expect, test } from 'vitest'
import { silentLogger } from '../lib/logger.ts'
import { checkAfterUncleanStop } from './integrity.ts'
import {
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

test('a clean close leaves nothing to check', async () => {
  const dataDir = temporaryFolder()
  const migrations = migrationsOf(notesTable)
  const first = await openTestStore(dataDir, migrations)
  await first.write('homeport', [{ sql: "INSERT INTO notes (text) VALUES ('a')" }])
  await first.close()
  const second = await openTestStore(dataDir, migrations)
  expect(second.uncleanlyClosed).toEqual([])
})
