import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import type { Daemon } from '../../contract/running-daemon.ts'
import { runCommand, startDaemonIn } from './commands.test-support.ts'

vi.setConfig({ testTimeout: 30_000 })

let dataDir: string
let daemon: Daemon
let port: number

beforeAll(async () => {
  vi.stubEnv('HOMEPORT_SECRETS', 'file')
  dataDir = mkdtempSync(path.join(tmpdir(), 'homeport-cli-alerts-'))
  ;({ daemon, port } = await startDaemonIn(dataDir))
})
afterAll(async () => {
  await daemon.close()
  vi.unstubAllEnvs()
  rmSync(dataDir, { recursive: true, force: true })
})

const homeport = (...args: string[]) => runCommand([...args, '--data-dir', dataDir])

test('says what is watched, in the unit of each', async () => {
  const { code, out } = await homeport('alerts', 'list')
  expect(code).toBe(0)
  expect(out).toMatch(/Failing calls +error-rate +unknown +\S+ \S+ +10 %/)
  expect(out).toMatch(/Unusual spending +anomaly +unknown +\S+ \S+ +3\.0 times/)
})

test('a failing call is told of soon, with its trace, until it is read', async () => {
  expect((await homeport('alerts', 'notices')).out).toBe('Nothing was told so far.\n')
  await daemon.invoke('POST /app/alerts', {
    body: { name: 'Mine', kind: 'error-rate', threshold: 1, windowMinutes: 5, leastCalls: 1 }
  })
  const { secret } = await daemon.invoke('POST /app/keys', { body: { name: 'Script' } })
  const given: string[] = []
  daemon.onNotice(({ title }) => given.push(title))
  const answer = await fetch(`http://127.0.0.1:${port}/v1/chat/completions`, {
    method: 'POST',
    headers: { authorization: `Bearer ${secret}`, 'content-type': 'application/json' },
    body: JSON.stringify({ model: 'nobody/nothing', messages: [{ role: 'user', content: 'Hi' }] })
  })
  expect(answer.ok).toBe(false)
  await expect.poll(() => given, { timeout: 15_000 }).toEqual(['Mine: 100 % fail'])

  const { traces } = await daemon.invoke('GET /app/traces')
  const { out } = await homeport('alerts', 'notices', '--mark-read')
  expect(out).toMatch(new RegExp(`new +Mine: 100 % fail +${traces[0]?.id}`))
  expect((await homeport('alerts', 'notices')).out).not.toContain('new')
  const { notices } = await daemon.invoke('GET /app/notices')
  expect(notices[0]?.steps).toContainEqual(
    expect.objectContaining({ kind: 'pause-key', label: 'Pause “Script”' })
  )
})

test('a limit that is no number is said so', async () => {
  const { code, err } = await homeport('alerts', 'notices', '--limit', 'all')
  expect(code).not.toBe(0)
  expect(err).toContain('--limit takes a number')
})
