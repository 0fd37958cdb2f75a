import { existsSync, mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { chatMlTemplate, writeTinyGguf } from '../../../test/support/tiny-gguf.ts'
import { localModelSettingsSchema } from '../../contract/local-models.ts'
import type { Store } from '../../store/store.ts'
import { openLocalModels } from './local-models.test-support.ts'
import type { LocalModels } from './local-models.ts'
import { notMeasured } from './model-measures-repository.ts'
import { openModelStore } from './store.test-support.ts'

const defaults = localModelSettingsSchema.parse({})
const chosen = { ...defaults, contextTokens: 4096, kvCache: 'q8_0' as const, idleMinutes: 0 }

describe('a model of this machine', () => {
  let folder: string
  let store: Store
  let models: LocalModels
  const file = (name: string) => join(folder, 'models', `${name}.gguf`)
  const reopen = async () => {
    models.close()
    models = await openLocalModels(folder, store)
  }

  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'homeport-settings-'))
    mkdirSync(join(folder, 'models'))
    store = await openModelStore(folder)
    writeTinyGguf(file('one'))
    models = await openLocalModels(folder, store)
  })
  afterEach(async () => {
    models.close()
    await store.close()
    rmSync(folder, { recursive: true })
  })

  test('is run as it is best here until the person chooses', () => {
    expect(models.get('one').settings).toEqual(defaults)
  })

  test('keeps what was chosen while its file is replaced, away and back again', async () => {
    expect((await models.saveSettings('one', chosen)).settings).toEqual(chosen)
    writeTinyGguf(file('one'), { name: 'Replaced' })
    await models.scan()
    expect(models.get('one')).toMatchObject({ name: 'Replaced', settings: chosen })
    renameSync(file('one'), join(folder, 'away'))
    await models.scan()
    expect(() => models.get('one')).toThrow(/There is no on-device model/)
    renameSync(join(folder, 'away'), file('one'))
    await models.scan()
    expect(models.get('one').settings).toEqual(chosen)
    await reopen()
    expect(models.get('one').settings).toEqual(chosen)
  })

  test('is drafted for by another chat model, and by nothing else', async () => {
    writeTinyGguf(file('two'))
    await models.scan()
    expect((await models.saveSettings('one', { ...defaults, draftModel: 'two' })).settings.draftModel).toBe(
      'two'
    )
    for (const draftModel of ['one', 'three']) {
      await expect(models.saveSettings('one', { ...defaults, draftModel })).rejects.toMatchObject({
        code: 'bad-request',
        param: 'draftModel'
      })
    }
    await expect(models.saveSettings('none', defaults)).rejects.toMatchObject({ code: 'not-found' })
  })

  test('is not used without a look at the model that drafts for it', async () => {
    writeTinyGguf(file('two'))
    await models.scan()
    await models.saveSettings('one', { ...defaults, draftModel: 'two' })
    writeTinyGguf(file('two'), { broken: 'tensor-past-end' })
    await models.usable('one')
    expect(models.get('two').problem).toMatch(/shorter/)
  })

  test('keeps what was measured of it, beside what was measured before', async () => {
    expect(models.get('one').measures).toEqual(notMeasured)
    await models.saveMeasures('one', { calibratedThreads: 3 })
    await models.saveMeasures('one', { promptTokensPerSecond: 812.5, outputTokensPerSecond: 41.25 })
    await models.saveMeasures('one', { lastUsedAt: 1_795_000_000_000 })
    const measured = {
      promptTokensPerSecond: 812.5,
      outputTokensPerSecond: 41.25,
      calibratedThreads: 3,
      lastUsedAt: 1_795_000_000_000
    }
    expect(models.get('one').measures).toEqual(measured)
    await reopen()
    expect(models.get('one').measures).toEqual(measured)
  })

  test('shows its chat template, as it is in the file now', async () => {
    expect(await models.chatTemplate('one')).toBe(chatMlTemplate)
    writeTinyGguf(file('two'), { chatTemplate: null })
    writeFileSync(file('three'), 'no model')
    await models.scan()
    expect(await models.chatTemplate('two')).toBeNull()
    expect(await models.chatTemplate('three')).toBeNull()
    await expect(models.chatTemplate('none')).rejects.toMatchObject({ code: 'not-found' })
  })

  test('is deleted with all its parts when the person wants that', async () => {
    for (const part of [1, 2]) writeTinyGguf(file(`big-0000${part}-of-00002`))
    await models.scan()
    await models.remove('big', { deleteFile: true })
    expect(existsSync(file('big-00001-of-00002'))).toBe(false)
    expect(existsSync(file('big-00002-of-00002'))).toBe(false)
    await models.scan()
    expect(models.known().map((model) => model.id)).toEqual(['one'])
  })

  test('is not deleted where the person keeps it: it is only taken off the list', async () => {
    const path = join(folder, 'elsewhere.gguf')
    writeTinyGguf(path)
    await models.add(path)
    await expect(models.remove('elsewhere', { deleteFile: true })).rejects.toMatchObject({ code: 'conflict' })
    await models.remove('elsewhere', { deleteFile: false })
    expect(existsSync(path)).toBe(true)
  })
})
