import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { PassThrough, Readable } from 'node:stream'
import { text } from 'node:stream/consumers'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import type { Daemon } from '../../contract/running-daemon.ts'
import { openDaemon } from '../../daemon.ts'
import { runCli } from '../cli.ts'

vi.setConfig({ testTimeout: 30_000 })

const spawnChild = () => {
  throw new Error('no model of this machine is asked here')
}
let dataDir: string
let daemon: Daemon
let port: number

beforeAll(async () => {
  vi.stubEnv('HOMEPORT_SECRETS', 'file')
  dataDir = mkdtempSync(path.join(tmpdir(), 'homeport-cli-alerts-'))
  daemon = await openDaemon({
    dataDir,
    logLevel: 'error',
    version: '0.0.0',
    rendererDir: null,
    uiOrigins: [],
    spawnChild
  })
  port = await daemon.listen(0)
})
afterAll(async () => {
  await daemon.close()
  vi.unstubAllEnvs()
  rmSync(dataDir, { recursive: true, force: true })
})

async function homeport(...args: string[]) {
  const stdout = new PassThrough()
  const stderr = new PassThrough()
  const reading = Promise.all([text(stdout), text(stderr)])
  const code = await runCli([...args, '--data-dir', dataDir], {
    spawnChild,
    stdin: Readable.from([]),
    stdout,
    stderr,
    env: { ...process.env }
  })
  stdout.end()
  stderr.end()
  const [output, errors] = await reading
  return { code, output, errors }
}

test('says what is watched, in the unit of each', async () => {
  const { code, output } = await homeport('alerts', 'list')
  expect(code).toBe(0)
  expect(output).toMatch(/Failing calls +error-rate +unknown +\S+ \S+ +10 %/)
  expect(output).toMatch(/Unusual spending +anomaly +unknown +\S+ \S+ +3\.0 times/)
})

test('a failing call is told of soon, with its trace, until it is read', async () => {
  expect((await homeport('alerts', 'notices')).output).toBe('Nothing was told so far.\n')
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
  const { output } = await homeport('alerts', 'notices', '--mark-read')
  expect(output).toMatch(new RegExp(`new +Mine: 100 % fail +${traces[0]?.id}`))
  expect((await homeport('alerts', 'notices')).output).not.toContain('new')
  const { notices } = await daemon.invoke('GET /app/notices')
  expect(notices[0]?.steps).toContainEqual(
    expect.objectContaining({ kind: 'pause-key', label: 'Pause “Script”' })
  )
})

test('a limit that is no number is said so', async () => {
  const { code, errors } = await homeport('alerts', 'notices', '--limit', 'all')
  expect(code).not.toBe(0)
  expect(errors).toContain('--limit takes a number')
})
