import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { PassThrough, Readable } from 'node:stream'
import { text } from 'node:stream/consumers'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { type Daemon, openDaemon } from '../../daemon.ts'
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
  const added = await homeport('vault', 'add', folder, '--id', 'notes', '--name', 'Notes')
  expect(added).toMatchObject({ code: 0, output: expect.stringContaining('Added Notes as "notes".') })
  const found = await homeport('search', 'how', 'long', 'does the dough rest', '--in', 'notes/Food')
  expect(found.code).toBe(0)
  expect(found.output).toContain('1. Bread › Dough\n   notes/Food/Bread.md\n   # Dough The dough rests')
  const { output } = await homeport('search', 'dough', '--json')
  expect(JSON.parse(output)).toMatchObject({ hits: [{ path: 'Food/Bread.md' }], problems: [] })
})

test('says where nothing was found, and in its exit code too', async () => {
  const nothing = await homeport('search', 'qqzzx')
  expect(nothing).toMatchObject({ code: 1, output: 'Nothing was found.\n' })
})

test('shows how a folder stands', async () => {
  expect((await homeport('vault', 'list')).output).toMatch(/notes +Notes +ready +1 +0 +/)
  expect((await homeport('vault', 'status', 'notes')).output).toMatch(/files +1 in 1 passages, 0 failed/)
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
  expect((await homeport('vault', 'rm', 'notes')).output).toContain('Forgot notes.')
  expect((await homeport('vault', 'list')).output).toContain('No folders yet.')
})
