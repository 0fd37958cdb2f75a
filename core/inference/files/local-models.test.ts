import { copyFileSync, mkdirSync, mkdtempSync, rmSync, unlinkSync, utimesSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { writeTinyGguf } from '../../../test/support/tiny-gguf.ts'
import { silentLogger } from '../../lib/logger.ts'
import type { Store } from '../../store/store.ts'
import { checkGguf } from './gguf-check.ts'
import { LocalModelRepository } from './local-model-repository.ts'
import { LocalModels } from './local-models.ts'
import { ModelMeasuresRepository } from './model-measures-repository.ts'
import { ModelSettingsRepository } from './model-settings-repository.ts'
import type { Elsewhere } from './model-sources.ts'
import { openModelStore } from './store.test-support.ts'

describe('the models of this machine', () => {
  let folder: string
  let modelsDir: string
  let store: Store
  let models: LocalModels
  let checked: string[]
  let changes: number
  let elsewhere: Elsewhere

  const open = async () => {
    models = new LocalModels({
      repository: new LocalModelRepository(store),
      settings: new ModelSettingsRepository(store),
      measures: new ModelMeasuresRepository(store),
      modelsDir,
      elsewhere: () => elsewhere,
      home: join(folder, 'home'),
      env: {},
      check: (paths) => {
        checked.push(...paths)
        return checkGguf(paths)
      },
      logger: silentLogger,
      onChange: () => {
        changes += 1
      }
    })
    await models.open()
    await models.scan()
  }
  const list = () =>
    models.known().map(({ id, origin, missing, problem }) => ({ id, origin, missing, problem }))
  const inFolder = (id: string) => ({ id, origin: 'folder', missing: false, problem: null })
  const added = (id: string) => ({ id, origin: 'added', missing: false, problem: null })

  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'homeport-models-'))
    modelsDir = join(folder, 'models')
    mkdirSync(modelsDir)
    store = await openModelStore(folder)
    checked = []
    changes = 0
    elsewhere = { folders: [], otherPrograms: true }
  })
  afterEach(async () => {
    models.close()
    await store.close()
    rmSync(folder, { recursive: true })
  })

  test('are those in the models folder and up to two folders down', async () => {
    mkdirSync(join(modelsDir, 'vendor/model/deeper'), { recursive: true })
    for (const path of [
      'One.gguf',
      'vendor/two.gguf',
      'vendor/model/three.gguf',
      'vendor/model/deeper/four.gguf'
    ]) {
      writeTinyGguf(join(modelsDir, path), { name: path })
    }
    writeFileSync(join(modelsDir, 'notes.txt'), 'no model')
    writeFileSync(join(modelsDir, '.partial.gguf'), 'a download under way')
    await open()
    expect(list()).toEqual([inFolder('one'), inFolder('three'), inFolder('two')])
    expect(models.known()[0]).toMatchObject({ name: 'One.gguf', architecture: 'llama', quantization: 'F32' })
  })

  test('have ids that are safe and their own', async () => {
    mkdirSync(join(modelsDir, 'other'))
    writeTinyGguf(join(modelsDir, 'Qwen 3 (4B)_..gguf'))
    writeTinyGguf(join(modelsDir, 'same.gguf'))
    writeTinyGguf(join(modelsDir, 'other/same.gguf'))
    writeTinyGguf(join(modelsDir, '日本.gguf'))
    await open()
    expect(
      list()
        .map((model) => model.id)
        .sort()
    ).toEqual(['model', 'qwen-3-4b', 'same', 'same-2'])
  })

  test('that are split are listed once, by their first part, and need all of them', async () => {
    for (const part of [1, 2, 3]) writeTinyGguf(join(modelsDir, `big-0000${part}-of-00003.gguf`))
    await open()
    expect(list()).toEqual([inFolder('big')])
    expect(checked).toHaveLength(3)
    expect(models.known()[0]?.parameters).toBe(3 * 119_488)
    unlinkSync(join(modelsDir, 'big-00002-of-00003.gguf'))
    await expect(models.usable('big')).rejects.toMatchObject({ code: 'not-found' })
  })

  test('are read again only when their file changed', async () => {
    writeTinyGguf(join(modelsDir, 'one.gguf'))
    await open()
    models.close()
    await open()
    await models.scan()
    expect(checked).toHaveLength(1)
    utimesSync(join(modelsDir, 'one.gguf'), 1, 1)
    await models.scan()
    expect(checked).toHaveLength(2)
    expect(list()).toEqual([inFolder('one')])
  })

  test('that are broken say why, and work once the file is whole', async () => {
    const path = join(modelsDir, 'one.gguf')
    writeTinyGguf(path, { broken: 'tensor-past-end' })
    await open()
    expect(list()).toEqual([{ ...inFolder('one'), problem: expect.stringContaining('incomplete') }])
    await expect(models.usable('one')).rejects.toMatchObject({ code: 'model-broken' })
    writeTinyGguf(path)
    expect(await models.usable('one')).toMatchObject({ problem: null, path })
  })

  test('are checked again before use when the file was exchanged since', async () => {
    const path = join(modelsDir, 'one.gguf')
    writeTinyGguf(path)
    await open()
    writeTinyGguf(path, { broken: 'alignment-3' })
    await expect(models.usable('one')).rejects.toMatchObject({ code: 'model-broken' })
  })

  test('leave the list with their file when they lie in the folder', async () => {
    writeTinyGguf(join(modelsDir, 'one.gguf'))
    await open()
    unlinkSync(join(modelsDir, 'one.gguf'))
    await models.scan()
    expect(list()).toEqual([])
  })

  test('show as missing while the file is away when they were added by path', async () => {
    const path = join(folder, 'elsewhere.gguf')
    writeTinyGguf(path)
    await open()
    expect(await models.add(path)).toMatchObject({ id: 'elsewhere', origin: 'added' })
    copyFileSync(path, `${path}.away`)
    unlinkSync(path)
    await models.scan()
    expect(list()).toEqual([{ ...added('elsewhere'), missing: true }])
    await expect(models.usable('elsewhere')).rejects.toMatchObject({ code: 'not-found' })
    copyFileSync(`${path}.away`, path)
    await models.scan()
    expect(list()).toEqual([added('elsewhere')])
  })

  test('survive a restart, and are forgotten when removed', async () => {
    const path = join(folder, 'elsewhere.gguf')
    writeTinyGguf(path)
    await open()
    await models.add(path)
    models.close()
    await open()
    expect(list()).toEqual([added('elsewhere')])
    await models.remove('elsewhere', { deleteFile: false })
    expect(list()).toEqual([])
    expect(new LocalModelRepository(store).all()).toEqual([])
  })

  test('cannot be removed while they lie in the folder', async () => {
    writeTinyGguf(join(modelsDir, 'one.gguf'))
    await open()
    await expect(models.remove('one', { deleteFile: false })).rejects.toMatchObject({ code: 'conflict' })
    await expect(models.remove('two', { deleteFile: false })).rejects.toMatchObject({ code: 'not-found' })
  })

  test('are added once, however often', async () => {
    const path = join(folder, 'elsewhere.gguf')
    writeTinyGguf(path)
    await open()
    const [first, second] = await Promise.all([models.add(path), models.add(path)])
    expect(second.id).toBe(first.id)
    expect(list()).toEqual([added('elsewhere')])
  })

  test.each([
    ['relative.gguf', 'full path'],
    ['/nowhere/model.gguf', 'no such file'],
    ['/etc/passwd', 'ends in .gguf'],
    ['/models/big-00002-of-00003.gguf', '00001'],
    ['/models/nul\0.gguf', 'no such file']
  ])('cannot be added from %j', async (path, reason) => {
    await open()
    await expect(models.add(path)).rejects.toMatchObject({
      code: 'bad-request',
      message: expect.stringContaining(reason)
    })
  })

  test('cannot be added when they are a folder or broken', async () => {
    await open()
    mkdirSync(join(folder, 'folder.gguf'))
    await expect(models.add(join(folder, 'folder.gguf'))).rejects.toMatchObject({ code: 'bad-request' })
    writeTinyGguf(join(folder, 'bad.gguf'), { broken: 'nested-array' })
    await expect(models.add(join(folder, 'bad.gguf'))).rejects.toMatchObject({ code: 'model-broken' })
    expect(list()).toEqual([])
  })

  test('appear by themselves when put into the folder', async () => {
    await open()
    writeTinyGguf(join(modelsDir, 'one.gguf'))
    await vi.waitFor(() => expect(list()).toEqual([inFolder('one')]), { timeout: 15_000 })
    expect(changes).toBeGreaterThan(0)
  })

  test('appear also while another is still arriving', async () => {
    await open()
    mkdirSync(join(modelsDir, '.partial'))
    const arriving = setInterval(() => writeFileSync(join(modelsDir, '.partial/1.part'), 'more'), 20)
    writeTinyGguf(join(modelsDir, 'one.gguf'))
    await vi
      .waitFor(() => expect(list()).toEqual([inFolder('one')]), { timeout: 15_000 })
      .finally(() => clearInterval(arriving))
  })
})
