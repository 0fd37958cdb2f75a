import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { saveAliasSchema } from '../contract/aliases.ts'
import { silentLogger } from '../lib/logger.ts'
import { openStore } from '../store/open-store.ts'
import type { Store } from '../store/store.ts'
import { type Aliases, openAliases } from './aliases.ts'

let folder: string
let store: Store
let changes: number
let aliases: Aliases

const open = (): Aliases =>
  openAliases({ store, isProvider: (id) => id === 'openai' || id === 'on-device', onChange: () => changes++ })
const to = (...targets: string[]) => saveAliasSchema.parse({ targets: targets.map((model) => ({ model })) })

beforeEach(async () => {
  folder = mkdtempSync(path.join(tmpdir(), 'homeport-aliases-'))
  store = await openStore({ dataDir: folder, logger: silentLogger })
  changes = 0
  aliases = open()
})
afterEach(async () => {
  await store.close()
  rmSync(folder, { recursive: true, force: true })
})

describe('aliases', () => {
  it('are saved, replaced, listed by name, and there after a restart', async () => {
    await aliases.save('fast', to('openai/gpt-5-mini'))
    const best = await aliases.save('best', {
      ...to('openai/gpt-5'),
      strategy: 'weighted',
      idleTimeoutMs: 500
    })
    await aliases.save('fast', to('openai/gpt-5-nano', 'on-device/tiny'))
    expect(aliases.list().map(({ name }) => name)).toEqual(['best', 'fast'])
    expect(changes).toBe(3)
    aliases = open()
    expect(aliases.get('best')).toEqual(best)
    expect(aliases.get('fast')?.targets.map(({ model }) => model)).toEqual([
      'openai/gpt-5-nano',
      'on-device/tiny'
    ])
    expect(aliases.get('nobody')).toBeNull()
  })

  it('can be removed, once', async () => {
    await aliases.save('fast', to('openai/gpt-5-mini'))
    await aliases.remove('fast')
    expect(aliases.list()).toEqual([])
    expect(open().list()).toEqual([])
    await expect(aliases.remove('fast')).rejects.toMatchObject({ code: 'not-found' })
  })

  it.each(['auto', 'Fast', 'a/b', '', '-x', 'x'.repeat(65)])('cannot be called %j', async (name) => {
    await expect(aliases.save(name, to('openai/gpt-5'))).rejects.toMatchObject({
      code: 'bad-request',
      param: 'name'
    })
  })

  it.each([
    ['another alias', 'fast', /alias itself/],
    ['itself', 'mine', /alias itself/],
    ['auto', 'auto', /alias itself/],
    ['a provider that is not there', 'nobody/gpt-5', /no provider nobody/],
    ['a bare model', 'gpt-5', /no provider\/model/],
    ['half an address', 'openai/', /no provider\/model/]
  ])('cannot stand for %s', async (_, target, message) => {
    await aliases.save('fast', to('openai/gpt-5-mini'))
    await expect(aliases.save('mine', to('openai/gpt-5', target))).rejects.toThrow(message)
    expect(aliases.get('mine')).toBeNull()
  })

  it('are saved all or none, and may name providers that come with them', async () => {
    const some = [
      { name: 'one', ...to('openai/gpt-5') },
      { name: 'two', ...to('new/model') }
    ]
    await expect(aliases.saveAll(some)).rejects.toThrow(/no provider new/)
    expect(aliases.list()).toEqual([])
    await aliases.saveAll(some, new Set(['new']))
    expect(open().list()).toHaveLength(2)
  })
})
