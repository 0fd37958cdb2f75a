import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { Readable } from 'node:stream'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { type FakeUpstream, fakeModels, startFakeUpstream } from '../../../test/support/fake-upstream.ts'
import type { Daemon } from '../../contract/running-daemon.ts'
import { runCommand, startDaemonIn } from './commands.test-support.ts'

// Every command opens the data folder anew where no daemon has it.
vi.setConfig({ testTimeout: 30_000 })

let upstream: FakeUpstream
beforeAll(async () => {
  upstream = await startFakeUpstream()
})
afterAll(() => upstream.close())

describe.each(['while the daemon runs', 'while no daemon runs'])('%s', (when) => {
  let folder: string
  let dataDir: string
  let daemon: Daemon | null = null

  beforeAll(async () => {
    vi.stubEnv('HOMEPORT_SECRETS', 'file')
    folder = mkdtempSync(path.join(tmpdir(), 'homeport-cli-routing-'))
    dataDir = path.join(folder, 'data')
    if (when === 'while the daemon runs') ({ daemon } = await startDaemonIn(dataDir))
  })
  afterAll(async () => {
    await daemon?.close()
    vi.unstubAllEnvs()
    rmSync(folder, { recursive: true, force: true })
  })

  const homeport = (args: string[], input = '') =>
    runCommand([...args, '--data-dir', dataDir], { stdin: Readable.from([Buffer.from(input)]) })
  const json = async (...args: string[]) => JSON.parse((await homeport([...args, '--json'])).out)

  test('the types of providers are listed with what they ask for', async () => {
    const { kinds } = await json('provider', 'kinds')
    expect(kinds.map(({ kind }: { kind: string }) => kind)).toEqual(
      expect.arrayContaining(['openai-compatible', 'anthropic', 'google', 'azure', 'cohere'])
    )
    expect((await homeport(['provider', 'kinds'])).out).toMatch(/azure .*--base-url/)
    const azure = (await homeport(['provider', 'kinds', 'azure'])).out
    expect(azure).toMatch(/^usual address +none: --base-url URL$/m)
    expect(azure).toMatch(/^--option deployments= +no +\w.*\w/m)
    expect(await homeport(['provider', 'kinds', 'nothing'])).toMatchObject({
      code: 2,
      err: expect.stringContaining('There is no type "nothing". Known: ')
    })
  })

  test('a provider takes several keys and the options of its type, which are checked', async () => {
    const add = ['provider', 'add', 'fake', '--type', 'openai-compatible', '--base-url', upstream.baseUrl]
    expect(await homeport([...add, '--option', 'colour'])).toMatchObject({
      code: 2,
      err: expect.stringContaining('NAME=VALUE')
    })
    expect(await homeport([...add, '--option', 'colour=red'])).toMatchObject({
      code: 1,
      err: expect.stringContaining('no option "colour"')
    })
    expect(await homeport(['provider', 'add', 'x', '--type', 'nothing'])).toMatchObject({
      code: 2,
      err: expect.stringContaining('Known: ')
    })
    expect(await homeport(['provider', 'add', 'azure'])).toMatchObject({
      code: 2,
      err: expect.stringContaining('--base-url')
    })
    expect(await homeport([...add, '--pricing', 'opnai'])).toMatchObject({
      code: 1,
      err: expect.stringMatching(/no prices of "opnai"\. There are: auto, free, .*openai/)
    })
    const added = await homeport([...add, '--key-stdin'], 'sk-1\nsk-2\n')
    expect(added).toMatchObject({ code: 0, out: expect.stringContaining('Added fake') })
    expect(added.out + added.err).not.toContain('sk-')
    expect((await json('provider', 'list')).providers).toMatchObject([{ id: 'fake', keyCount: 2 }])
  })

  test('a provider that fails its test is not saved without --force, which is named', async () => {
    const guarded = await startFakeUpstream({ apiKey: 'sk-right' })
    const add = ['provider', 'add', 'guarded', '--base-url', guarded.baseUrl, '--key-stdin']
    const refused = {
      code: 1,
      err: expect.stringMatching(/Correct it, or save it as it is with --force\.\n$/)
    }
    expect(await homeport(add, 'sk-wrong\n')).toMatchObject(refused)
    expect(await homeport([...add, '--force'], 'sk-wrong\n')).toMatchObject({
      code: 0,
      err: expect.stringContaining('Its test failed: ')
    })
    expect(await homeport(['provider', 'update', 'guarded', '--key-stdin'], 'sk-other\n')).toMatchObject(
      refused
    )
    const both = ['provider', 'update', 'guarded', '--key-stdin', '--force']
    expect(await homeport(both, 'sk-wrong\nsk-right\n')).toMatchObject({
      code: 0,
      err: expect.stringContaining('Key 1 of 2: ')
    })
    await homeport(['provider', 'remove', 'guarded'])
    await guarded.close()
  })

  test('a provider’s keys can be replaced', async () => {
    expect(await homeport(['provider', 'update', 'fake', '--key-stdin'], 'sk-3\n')).toMatchObject({ code: 0 })
    expect((await json('provider', 'list')).providers).toMatchObject([{ id: 'fake', keyCount: 1 }])
    expect(await homeport(['provider', 'update', 'nobody', '--pricing', 'free'])).toMatchObject({ code: 1 })
  })

  test('an alias is set, shown, listed, explained and removed', async () => {
    const targets = [`fake/${fakeModels.small}`, `fake/${fakeModels.echo}`]
    const weights = ['--strategy', 'weighted', '--weight', '3', '--weight', '1']
    const timeouts = ['--first-token-timeout', '5000', '--on-refusal']
    expect(await homeport(['alias', 'set', 'fast', ...targets, ...weights, ...timeouts])).toMatchObject({
      code: 0,
      out: `fast stands for ${targets.join(', ')}.\n`
    })
    expect(await json('alias', 'show', 'fast')).toEqual({
      name: 'fast',
      strategy: 'weighted',
      targets: [
        { model: targets[0], weight: 3 },
        { model: targets[1], weight: 1 }
      ],
      fallbackOnRefusal: true,
      firstTokenTimeoutMs: 5000,
      idleTimeoutMs: null
    })
    expect((await homeport(['alias', 'list'])).out).toContain(`${targets[0]} (3)`)
    const { out } = await homeport(['model', 'list'])
    expect(out).toMatch(/^auto +an alias /m)
    expect(out).toMatch(new RegExp(`^fast +an alias +${targets.join(', ')}$`, 'm'))
    expect((await json('model', 'list')).aliases).toMatchObject([{ name: 'fast' }])
    expect((await json('alias', 'why', 'fast')).order).toEqual([
      { model: targets[0], why: '75 % of calls' },
      { model: targets[1], why: '25 % of calls' }
    ])
    const why = await homeport(['alias', 'why', 'auto', '--prompt', 'Translate: hello'])
    expect(why.out).toContain('a routine task')
    expect(why.out).toContain(targets[0])
    expect(await homeport(['alias', 'rm', 'fast'])).toMatchObject({ code: 0, out: 'Removed fast.\n' })
    expect(await homeport(['alias', 'show', 'fast'])).toMatchObject({ code: 1 })
  })

  test.each([
    [['alias', 'set', 'x', 'fake/a', '--strategy', 'best'], 2, 'There is no strategy "best"'],
    [['alias', 'set', 'x', 'fake/a', '--weight', '1', '--weight', '2'], 2, 'one --weight for each'],
    [['alias', 'set', 'x', 'fake/a', '--weight', 'much'], 2, 'whole number'],
    [['alias', 'set', 'auto', 'fake/a'], 1, 'cannot be the name'],
    [['alias', 'set', 'x', 'nobody/a'], 1, 'no provider nobody'],
    [['alias', 'why', 'nobody/a'], 1, 'There is no model'],
    [['config', 'import', '/nowhere/at/all.yaml'], 2, 'cannot be read']
  ])('%j fails in words', async (args, code, words) => {
    expect(await homeport(args)).toMatchObject({ code, err: expect.stringContaining(words) })
  })

  test('the configuration goes out to a file, and comes back', async () => {
    const file = path.join(folder, 'homeport.yaml')
    await homeport(['alias', 'set', 'fast', `fake/${fakeModels.small}`])
    expect(await homeport(['config', 'export', file])).toMatchObject({ code: 0, out: '' })
    const yaml = readFileSync(file, 'utf8')
    expect((await homeport(['config', 'export'])).out).toBe(yaml)
    expect(yaml).not.toContain('sk-')
    expect(await homeport(['config', 'export', file])).toMatchObject({
      code: 2,
      err: expect.stringContaining('--force')
    })
    await homeport(['alias', 'rm', 'fast'])
    expect(await homeport(['config', 'import', file])).toMatchObject({
      code: 0,
      out: 'Took 1 provider and 1 alias.\n'
    })
    expect((await json('alias', 'list')).aliases).toMatchObject([{ name: 'fast' }])
    writeFileSync(file, 'version: 1\nnonsense: true\n')
    expect(await homeport(['config', 'import', file])).toMatchObject({
      code: 1,
      err: expect.stringContaining('nonsense')
    })
  })
})
