import { createHash } from 'node:crypto'
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join, relative } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { findModels } from './model-sources.ts'

describe('models elsewhere on this machine', () => {
  let home: string
  let env: Record<string, string>
  const at = (path: string) => join(home, path)
  const write = (path: string, text: string | object = 'weights') => {
    mkdirSync(dirname(at(path)), { recursive: true })
    writeFileSync(at(path), typeof text === 'string' ? text : JSON.stringify(text))
  }
  const find = async (folders: string[] = [], otherPrograms = true) => {
    const places = {
      modelsDir: at('ours'),
      elsewhere: { folders: folders.map(at), otherPrograms },
      home,
      env
    }
    const { found } = await findModels(places)
    return found.map(({ path, origin, name }) => ({ path: relative(home, path), origin, name }))
  }
  const digest = (text: string) => createHash('sha256').update(text).digest('hex')
  const manifest = (text: string, ...more: object[]) => ({
    schemaVersion: 2,
    layers: [
      { mediaType: 'application/vnd.ollama.image.model', digest: `sha256:${digest(text)}`, size: 1 },
      { mediaType: 'application/vnd.ollama.image.template', digest: `sha256:${digest('template')}`, size: 1 },
      ...more
    ]
  })
  const OLLAMA = '.ollama/models/manifests/registry.ollama.ai/library'

  beforeEach(() => {
    home = mkdtempSync(join(tmpdir(), 'homeport-home-'))
    env = {}
  })
  afterEach(() => rmSync(home, { recursive: true }))

  test('are none where nothing is', async () => {
    expect(await find(['nowhere'])).toEqual([])
  })

  test('are the blobs that Ollama pulled, by the names it shows', async () => {
    write(`${OLLAMA}/llama3.2/3b`, manifest('llama'))
    write('.ollama/models/manifests/registry.ollama.ai/someone/tuned/latest', manifest('tuned'))
    write('.ollama/models/manifests/hf.co/bartowski/Phi-4-GGUF/Q4_K_M', manifest('phi'))
    const blob = (text: string) => `.ollama/models/blobs/sha256-${digest(text)}`
    expect((await find()).toSorted((a, b) => (a.name ?? '').localeCompare(b.name ?? ''))).toEqual([
      { path: blob('phi'), origin: 'ollama', name: 'hf.co/bartowski/Phi-4-GGUF:Q4_K_M' },
      { path: blob('llama'), origin: 'ollama', name: 'llama3.2:3b' },
      { path: blob('tuned'), origin: 'ollama', name: 'someone/tuned:latest' }
    ])
  })

  test('are by their own tag first, and by latest last', async () => {
    write(`${OLLAMA}/llama3.2/latest`, manifest('llama'))
    write(`${OLLAMA}/llama3.2/3b`, manifest('llama'))
    expect((await find()).map((model) => model.name)).toEqual(['llama3.2:3b', 'llama3.2:latest'])
  })

  test('are where OLLAMA_MODELS says', async () => {
    env.OLLAMA_MODELS = at('disk/ollama')
    write('disk/ollama/manifests/registry.ollama.ai/library/qwen3/4b', manifest('qwen'))
    write(`${OLLAMA}/llama3.2/3b`, manifest('llama'))
    expect((await find()).map((model) => model.name)).toEqual(['qwen3:4b'])
  })

  test.each([
    [
      'a digest that leads elsewhere',
      {
        layers: [{ mediaType: 'application/vnd.ollama.image.model', digest: 'sha256:../../../../etc/passwd' }]
      }
    ],
    ['no weights', { layers: [] }],
    ['no JSON', 'not a manifest'],
    ['another form', { layers: 'none' }],
    [
      'an adapter',
      manifest('base', {
        mediaType: 'application/vnd.ollama.image.adapter',
        digest: `sha256:${digest('lora')}`
      })
    ]
  ])('are none by a manifest with %s', async (_, text) => {
    write(`${OLLAMA}/strange/1b`, text)
    expect(await find()).toEqual([])
  })

  test('are those of LM Studio, also in the folder of its settings, without the parts that see', async () => {
    write('.lmstudio/models/bartowski/Qwen3-4B-GGUF/Qwen3-4B-Q4_K_M.gguf')
    write('.lmstudio/models/bartowski/Qwen3-VL-GGUF/mmproj-model-f16.gguf')
    write('.cache/lm-studio/models/old/Old-GGUF/old.gguf')
    write('.lmstudio/settings.json', { downloadsFolder: at('disk/lms') })
    write('disk/lms/google/gemma/gemma.gguf')
    write('.lmstudio-home-pointer', at('moved'))
    write('moved/models/qwen/qwen/qwen.gguf')
    expect(await find()).toEqual([
      { path: 'moved/models/qwen/qwen/qwen.gguf', origin: 'lm-studio', name: null },
      { path: 'disk/lms/google/gemma/gemma.gguf', origin: 'lm-studio', name: null },
      {
        path: '.lmstudio/models/bartowski/Qwen3-4B-GGUF/Qwen3-4B-Q4_K_M.gguf',
        origin: 'lm-studio',
        name: null
      },
      { path: '.cache/lm-studio/models/old/Old-GGUF/old.gguf', origin: 'lm-studio', name: null }
    ])
  })

  test('are those that Jan has described, in its folder or imported, and those of its first versions', async () => {
    const data = '.local/share/Jan/data'
    write(
      `${data}/llamacpp/models/unsloth/Qwen3-4B/model.yml`,
      'model_path: llamacpp/models/unsloth/Qwen3-4B/model.gguf\nname: Qwen3 4B\nsize_bytes: 1\n'
    )
    write(`${data}/llamacpp/models/mine/model.yml`, `model_path: ${at('Downloads/mine.gguf')}\n`)
    write(`${data}/llamacpp/models/torn/model.yml`, 'model_path: [')
    write('jan/models/phi/phi.gguf')
    expect(await find()).toEqual([
      { path: 'Downloads/mine.gguf', origin: 'jan', name: 'mine' },
      {
        path: `${data}/llamacpp/models/unsloth/Qwen3-4B/model.gguf`,
        origin: 'jan',
        name: 'Qwen3 4B'
      },
      { path: 'jan/models/phi/phi.gguf', origin: 'jan', name: null }
    ])
  })

  test('are where Jan was told to keep its data', async () => {
    write('.local/share/Jan/settings.json', { data_folder: at('disk/jan') })
    write('disk/jan/llamacpp/models/a/model.yml', 'model_path: llamacpp/models/a/model.gguf')
    expect((await find()).map((model) => model.path)).toEqual(['disk/jan/llamacpp/models/a/model.gguf'])
  })

  test('are none of other programs when the person does not want them', async () => {
    write(`${OLLAMA}/llama3.2/3b`, manifest('llama'))
    write('.lmstudio/models/a/b/c.gguf')
    write('jan/models/phi/phi.gguf')
    write('mine/own.gguf')
    expect(await find(['mine'], false)).toEqual([{ path: 'mine/own.gguf', origin: 'watched', name: null }])
  })

  test('are in any folder that is looked through, three folders down and no further', async () => {
    write('any/a/b/c/three.gguf')
    write('any/a/b/c/d/four.gguf')
    write('any/.hidden/hidden.gguf')
    expect(await find(['any'])).toEqual([{ path: 'any/a/b/c/three.gguf', origin: 'watched', name: null }])
  })

  test('are not looked for behind folders that are links', async () => {
    write('any/one.gguf')
    symlinkSync(at('any'), at('any/again'))
    expect((await find(['any'])).map((model) => model.path)).toEqual(['any/one.gguf'])
  })
})
