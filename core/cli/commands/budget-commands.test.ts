import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { expect, onTestFinished, test, vi } from 'vitest'
import { runCommand } from './commands.test-support.ts'

test('a budget is made, shown, changed and taken away from the command line', {
  timeout: 30_000
}, async () => {
  vi.stubEnv('HOMEPORT_SECRETS', 'file')
  const folder = mkdtempSync(path.join(tmpdir(), 'homeport-cli-budgets-'))
  onTestFinished(() => {
    vi.unstubAllEnvs()
    rmSync(folder, { recursive: true, force: true })
  })
  const homeport = (...args: string[]) => runCommand([...args, '--data-dir', path.join(folder, 'data')])

  const added = await homeport('budget', 'add', 'Opus', '2.5', '--period', 'day', '--scope', 'provider:acme')
  expect(added.out).toBe('Opus: $2.50 a day for provider:acme, $0.00 of them spent.\n')
  const changed = await homeport(
    'budget',
    'set',
    'Opus',
    '--limit',
    '3',
    '--action',
    'use:acme/small',
    '--pause'
  )
  expect(changed.out).toBe('Opus: $3.00 a day for provider:acme, $0.00 of them spent, paused.\n')
  const listed = JSON.parse((await homeport('budget', 'list', '--json')).out)
  expect(listed.budgets).toMatchObject([
    {
      name: 'Opus',
      period: 'day',
      limitNanoUsd: 3_000_000_000,
      actions: [{ kind: 'use-model', model: 'acme/small' }],
      warnAt: [80, 100],
      paused: true
    }
  ])
  expect((await homeport('budget', 'list')).out).toMatch(
    /Opus \(paused\) +provider:acme +day +\$0.00 +\$3.00 +0 %/
  )
  expect(await homeport('budget', 'set', 'Other', '--limit', '3')).toMatchObject({
    code: 1,
    err: expect.stringContaining('There is no budget "Other"')
  })
  expect((await homeport('budget', 'rm', 'Opus')).out).toBe('Removed Opus.\n')
  expect((await homeport('budget', 'list')).out).toMatch(/^No budgets yet/)
})
