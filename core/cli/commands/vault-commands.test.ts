import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
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
let folder: string
let daemon: Daemon

beforeAll(async () => {
  vi.stubEnv('HOMEPORT_SECRETS', 'file')
  dataDir = mkdtempSync(path.join(tmpdir(), 'homeport-cli-vault-'))
  daemon = await openDaemon({
    dataDir,
    logLevel: 'error',
    version: '0.0.0',
    rendererDir: null,
    uiOrigins: [],
    spawnChild
  })
  await daemon.listen(0)
  folder = mkdtempSync(path.join(tmpdir(), 'homeport-cli-notes-'))
  mkdirSync(path.join(folder, 'Food'))
  writeFileSync(path.join(folder, 'Food/Bread.md'), '# Dough\nThe dough rests for twelve hours.\n')
})
afterAll(async () => {
  await daemon.close()
  vi.unstubAllEnvs()
  rmSync(folder, { recursive: true, force: true })
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

test('adds a folder, follows it until it is indexed, and finds what is in it', async () => {
  expect((await homeport('vault', 'add', folder, '--id', 'notes', '--name', 'Notes')).code).toBe(0)
  expect((await homeport('vault', 'status', '--follow')).code).toBe(0)
  const found = await homeport('search', 'how', 'long', 'does the dough rest', '--in', 'notes/Food')
  expect(found.code).toBe(0)
  expect(found.output).toContain('Bread › Dough')
  const { output } = await homeport('search', 'dough', '--json')
  expect(JSON.parse(output)).toMatchObject({ hits: [{ path: 'Food/Bread.md' }], problems: [] })
})

test('shows how a folder stands', async () => {
  expect((await homeport('vault', 'list')).output).toMatch(/notes +Notes +folder +ready +1 +0 +/)
  expect((await homeport('vault', 'status', 'notes')).output).toContain('ready')
  expect(await homeport('vault', 'status', 'none')).toMatchObject({
    code: 1,
    errors: expect.stringContaining('There is no source "none"')
  })
})

test('gives a key what it may read, and takes it back', async () => {
  await homeport('key', 'create', 'editor', '--knowledge', 'notes/Food', '--knowledge', 'work')
  expect((await homeport('key', 'list')).output).toContain('may read notes/Food, work')
  await homeport('key', 'limit', 'editor', '--knowledge', 'none')
  expect((await homeport('key', 'list')).output).not.toContain('may read')
})

test('forgets a folder and leaves it as it is', async () => {
  expect((await homeport('vault', 'rm', 'notes')).output).toContain('Forgot Notes.')
  expect(JSON.parse((await homeport('vault', 'list', '--json')).output)).toEqual({ sources: [] })
})
