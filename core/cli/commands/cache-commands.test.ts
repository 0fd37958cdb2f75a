import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { expect, onTestFinished, test, vi } from 'vitest'
import { runCommand } from './commands.test-support.ts'

test('similar questions are turned on and off, and stay so when something else of the cache is set', {
  timeout: 30_000
}, async () => {
  vi.stubEnv('HOMEPORT_SECRETS', 'file')
  const folder = mkdtempSync(path.join(tmpdir(), 'homeport-cli-cache-'))
  onTestFinished(() => {
    vi.unstubAllEnvs()
    rmSync(folder, { recursive: true, force: true })
  })
  const homeport = (...args: string[]) => runCommand([...args, '--data-dir', path.join(folder, 'data')])
  const semantic = async () => JSON.parse((await homeport('cache', 'status', '--json')).out).semantic

  expect(await semantic()).toBeUndefined()
  expect((await homeport('cache', 'on', '--similar', '0.9')).code).toBe(0)
  expect((await homeport('cache', 'on', '--ttl', '60')).code).toBe(0)
  expect(await semantic()).toEqual({ enabled: true, threshold: 0.9 })
  expect((await homeport('cache', 'status')).out).toContain('from 0.9 on')
  expect((await homeport('cache', 'on', '--similar', 'off')).code).toBe(0)
  expect(await semantic()).toEqual({ enabled: false, threshold: 0.9 })
  const wrong = await homeport('cache', 'on', '--similar', 'much')
  expect(wrong).toMatchObject({ code: 2, err: expect.stringContaining('--similar takes a number') })
})
