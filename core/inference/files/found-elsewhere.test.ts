import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, unlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { tinyGguf } from '../../../test/support/tiny-gguf.ts'
import type { Store } from '../../store/store.ts'
import { openLocalModels } from './local-models.test-support.ts'
import type { LocalModels } from './local-models.ts'
import type { Elsewhere } from './model-sources.ts'
import { openModelStore } from './store.test-support.ts'

describe('models that are found elsewhere', () => {
  let folder: string
  let store: Store
  let models: LocalModels
  let elsewhere: Elsewhere
  const at = (path: string) => join(folder, path)
  const write = (path: string, content: string | Buffer = tinyGguf()) => {
    mkdirSync(dirname(at(path)), { recursive: true })
    writeFileSync(at(path), content)
  }
  const pull = (tag: string, weights = tinyGguf()) => {
    const digest = createHash('sha256').update(weights).digest('hex')
    write(`.ollama/models/blobs/sha256-${digest}`, weights)
    const layers = [{ mediaType: 'application/vnd.ollama.image.model', digest: `sha256:${digest}`, size: 1 }]
    write(`.ollama/models/manifests/registry.ollama.ai/library/llama3.2/${tag}`, JSON.stringify({ layers }))
    return at(`.ollama/models/blobs/sha256-${digest}`)
  }
  const open = async () => {
    models = await openLocalModels(folder, store, { elsewhere: () => elsewhere })
  }
  const list = () => models.known().map(({ id, origin, name, problem }) => ({ id, origin, name, problem }))

  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'homeport-elsewhere-'))
    store = await openModelStore(folder)
    elsewhere = { folders: [], otherPrograms: true }
  })
  afterEach(async () => {
    models.close()
    await store.close()
    rmSync(folder, { recursive: true })
  })

  test('are used where they are, by the name that their program shows', async () => {
    const blob = pull('3b')
    await open()
    expect(list()).toEqual([{ id: 'llama3.2-3b', origin: 'ollama', name: 'llama3.2:3b', problem: null }])
    expect(await models.usable('llama3.2-3b')).toMatchObject({ path: blob, architecture: 'llama' })
  })

  test('are one model under two names, and that of the name that stays', async () => {
    pull('latest')
    pull('3b')
    await open()
    expect(list().map((model) => model.name)).toEqual(['llama3.2:3b'])
    unlinkSync(at('.ollama/models/manifests/registry.ollama.ai/library/llama3.2/3b'))
    await models.scan()
    expect(list().map((model) => model.name)).toEqual(['llama3.2:latest'])
  })

  test('are not offered when they are broken', async () => {
    pull('3b', tinyGguf({ broken: 'tensor-past-end' }))
    await open()
    await expect(models.usable('llama3.2-3b')).rejects.toMatchObject({ code: 'model-broken' })
  })

  test('are gone when their program removed them, and when the person does not want them', async () => {
    const blob = pull('3b')
    write('.lmstudio/models/a/b/one.gguf')
    await open()
    unlinkSync(blob)
    await models.scan()
    expect(list().map((model) => model.id)).toEqual(['one'])
    elsewhere = { folders: [], otherPrograms: false }
    await models.scan()
    expect(list()).toEqual([])
    expect(existsSync(at('.lmstudio/models/a/b/one.gguf'))).toBe(true)
  })

  test.each([
    ['Ollama', () => void pull('3b'), 'llama3.2-3b'],
    ['LM Studio', () => write('.lmstudio/models/a/b/one.gguf'), 'one'],
    ['Jan', () => write('jan/models/phi/phi.gguf'), 'phi'],
    ['a folder', () => write('mine/own.gguf'), 'own']
  ])('are not ours to remove or delete: %s', async (_, make, id) => {
    elsewhere = { folders: [at('mine')], otherPrograms: true }
    make()
    await open()
    for (const deleteFile of [true, false]) {
      await expect(models.remove(id, { deleteFile })).rejects.toMatchObject({ code: 'conflict' })
    }
    expect(existsSync(models.get(id).path)).toBe(true)
  })

  test('are listed once when links lead to them, and ours come first', async () => {
    write('mine/own.gguf')
    mkdirSync(at('models'))
    symlinkSync(at('mine/own.gguf'), at('models/linked.gguf'))
    symlinkSync(at('mine/own.gguf'), at('mine/again.gguf'))
    elsewhere = { folders: [at('mine')], otherPrograms: true }
    await open()
    expect(list()).toMatchObject([{ id: 'linked', origin: 'folder' }])
    expect((await models.add(at('mine/own.gguf'))).id).toBe('linked')
    expect(list()).toHaveLength(1)
  })

  test('become added ones when the person adds them', async () => {
    write('.lmstudio/models/a/b/one.gguf')
    await open()
    expect(await models.add(at('.lmstudio/models/a/b/one.gguf'))).toMatchObject({
      id: 'one',
      origin: 'added'
    })
    elsewhere = { folders: [], otherPrograms: false }
    await models.scan()
    expect(list()).toMatchObject([{ id: 'one', origin: 'added' }])
  })

  test('appear by themselves in a folder that is looked through, and in one below it', async () => {
    mkdirSync(at('mine/sub'), { recursive: true })
    elsewhere = { folders: [at('mine')], otherPrograms: true }
    await open()
    write('mine/one.gguf')
    await vi.waitFor(() => expect(list()).toMatchObject([{ id: 'one' }]), { timeout: 15_000 })
    write('mine/sub/two.gguf')
    await vi.waitFor(() => expect(list()).toMatchObject([{ id: 'one' }, { id: 'two' }]), { timeout: 15_000 })
  })
})
