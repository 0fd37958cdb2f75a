import { closeSync, openSync, readFileSync, writeSync } from 'node:fs'
import { expect, onTestFinished, test, vi } from 'vitest'
import { silentLogger } from '../lib/logger.ts'
import { listBackups } from './backup.ts'
import { databasePath } from './connection.ts'
import { insertNote, openTestStore, temporaryFolder } from './store.test-support.ts'
import { createUpkeep } from './upkeep.ts'

const MINUTE = 60_000

function fakeTimers(): void {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
  onTestFinished(() => void vi.useRealTimers())
}

test('backs up and prunes a while after the start, again hours later, and never after the end', async () => {
  const dataDir = temporaryFolder()
  const store = await openTestStore(dataDir)
  const pruned: number[] = []
  const rounds: (() => void)[] = []
  const nextRound = () => new Promise<void>((resolve) => rounds.push(resolve))
  fakeTimers()
  const upkeep = createUpkeep({
    store,
    dataDir,
    logger: silentLogger,
    prune: async (now) => {
      pruned.push(now)
      rounds.shift()?.()
      if (pruned.length === 1) throw new Error('a failing task does not end the upkeep')
    },
    onNotice: () => {}
  })
  upkeep.begin()
  vi.advanceTimersByTime(MINUTE - 1)
  expect(listBackups(dataDir, 'homeport')).toEqual([])

  const first = nextRound()
  vi.advanceTimersByTime(1)
  await first
  expect(listBackups(dataDir, 'homeport')).toHaveLength(1)
  expect(pruned).toHaveLength(1)

  const second = nextRound()
  await vi.advanceTimersByTimeAsync(6 * 60 * MINUTE)
  await second
  expect(listBackups(dataDir, 'homeport')).toHaveLength(1)

  upkeep.end()
  await vi.advanceTimersByTimeAsync(24 * 60 * MINUTE)
  expect(pruned).toHaveLength(2)
})

test('tells what the check after an unclean stop found', async () => {
  const dataDir = temporaryFolder()
  const writer = await openTestStore(dataDir)
  await writer.write('homeport', [insertNote('x'.repeat(50_000))])
  await writer.close()
  const path = databasePath(dataDir, 'homeport')
  const file = openSync(path, 'r+')
  writeSync(file, Buffer.alloc(8192, 0xa5), 0, 8192, readFileSync(path).length - 20_000)
  closeSync(file)

  const notice = await new Promise<string>((resolve) => {
    const upkeep = createUpkeep({
      store: { uncleanlyClosed: ['homeport'] },
      dataDir,
      logger: silentLogger,
      prune: async () => {},
      onNotice: resolve
    })
    upkeep.begin()
    onTestFinished(() => upkeep.end())
  })
  expect(notice).toMatch(/homeport\.db is damaged/)
})
