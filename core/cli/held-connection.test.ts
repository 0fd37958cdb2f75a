import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { acquireFolderLock } from '../store/folder-lock.ts'
import { processHost } from './cli-host.ts'
import { type HeldConnection, holdConnection } from './held-connection.ts'

vi.setConfig({ testTimeout: 30_000 })

let dataDir: string
let connection: HeldConnection

beforeEach(() => {
  vi.stubEnv('HOMEPORT_SECRETS', 'file')
  dataDir = mkdtempSync(path.join(tmpdir(), 'homeport-cli-held-'))
  connection = holdConnection({ 'data-dir': dataDir }, processHost())
})
afterEach(async () => {
  await connection.close()
  vi.unstubAllEnvs()
  rmSync(dataDir, { recursive: true, force: true })
})

const whose = (): Promise<number> =>
  connection.use(async (client) => (await client.invoke('GET /app/info')).pid)
const takeFolder = (): void => acquireFolderLock(dataDir).release()

test('where no daemon runs, calls share the data folder, and the next program can have it soon after', async () => {
  expect(await Promise.all([whose(), whose()])).toEqual([process.pid, process.pid])
  expect(takeFolder).toThrow()
  await vi.waitFor(takeFolder, { timeout: 15_000, interval: 100 })
  expect(await whose()).toBe(process.pid)
})

test('the folder is free once the connection is closed', async () => {
  await whose()
  await connection.close()
  takeFolder()
})

test('a call that fails leaves the connection to the next one', async () => {
  const failing = connection.use((client) => client.invoke('GET /app/chats/:id', { params: { id: 'none' } }))
  await expect(failing).rejects.toMatchObject({ code: 'not-found' })
  expect(await whose()).toBe(process.pid)
})
