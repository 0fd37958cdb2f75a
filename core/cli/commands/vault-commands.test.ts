import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import type { Daemon } from '../../contract/running-daemon.ts'
import { runCommand, startDaemonIn } from './commands.test-support.ts'

vi.setConfig({ testTimeout: 30_000 })

let dataDir: string
let folder: string
let daemon: Daemon

beforeAll(async () => {
  vi.stubEnv('HOMEPORT_SECRETS', 'file')
  dataDir = mkdtempSync(path.join(tmpdir(), 'homeport-cli-vault-'))
  ;({ daemon } = await startDaemonIn(dataDir))
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

const homeport = (...args: string[]) => runCommand([...args, '--data-dir', dataDir])

test('adds a folder, follows it until it is indexed, and finds what is in it', async () => {
  expect((await homeport('vault', 'add', folder, '--id', 'notes', '--name', 'Notes')).code).toBe(0)
  expect((await homeport('vault', 'status', '--follow')).code).toBe(0)
  const found = await homeport('search', 'how', 'long', 'does the dough rest', '--in', 'notes/Food')
  expect(found.code).toBe(0)
  expect(found.out).toContain('Bread › Dough')
  const { out } = await homeport('search', 'dough', '--json')
  expect(JSON.parse(out)).toMatchObject({ hits: [{ path: 'Food/Bread.md' }], problems: [] })
})

test('shows how a folder stands', async () => {
  expect((await homeport('vault', 'list')).out).toMatch(/notes +Notes +folder +ready +1 +0 +/)
  expect((await homeport('vault', 'status', 'notes')).out).toContain('ready')
  expect(await homeport('vault', 'status', 'none')).toMatchObject({
    code: 1,
    err: expect.stringContaining('There is no source "none"')
  })
})

test('gives a key what it may read, and takes it back', async () => {
  await homeport('key', 'create', 'editor', '--knowledge', 'notes/Food', '--knowledge', 'work')
  expect((await homeport('key', 'list')).out).toContain('may read notes/Food, work')
  await homeport('key', 'limit', 'editor', '--knowledge', 'none')
  expect((await homeport('key', 'list')).out).not.toContain('may read')
})

test('forgets a folder and leaves it as it is', async () => {
  expect((await homeport('vault', 'rm', 'notes')).out).toContain('Forgot Notes.')
  expect(JSON.parse((await homeport('vault', 'list', '--json')).out)).toEqual({ sources: [] })
})
