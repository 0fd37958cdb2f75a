import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { CatalogModel, Download, OfferedFile } from '../../contract/downloads.ts'
import { type LocalModelDetails, localModelSettingsSchema } from '../../contract/local-models.ts'
import { settingsSchema } from '../../contract/settings.ts'
import { localModelHandlers } from '../../gateway/handlers/local-model-handlers.ts'
import { modelDownloadHandlers } from '../../gateway/handlers/model-download-handlers.ts'
import {
  controlToken,
  echoHandlers,
  type RunningGateway,
  startGateway
} from '../../gateway/testing/small-gateway.ts'
import { localModel, smallOnDevice } from '../../gateway/testing/small-on-device.ts'
import type { Downloads, LocalModelList, ModelCatalog } from '../../inference/on-device-spec.ts'
import { writeDaemonFile } from '../../store/daemon-file.ts'
import { prepareDataFolder } from '../../store/data-folder.ts'
import { acquireFolderLock } from '../../store/folder-lock.ts'
import { runCommand } from './commands.test-support.ts'

// Commands over HTTP against the real handlers, with the on-device room as a few lists in memory.

const fit = localModel('x').fit
const offered = (quantization: string, more: Partial<OfferedFile> = {}): OfferedFile => ({
  file: `small-${quantization}.gguf`,
  quantization,
  sizeBytes: 1000,
  sha256: null,
  fit,
  installedAs: null,
  ...more
})
const gpu = { fit: { ...fit, verdict: 'gpu' } } as const
const tooLarge = { ...fit, verdict: 'no', memoryBytes: 90e9 } as const
const catalogModel = (id: string, files: OfferedFile[]): CatalogModel => ({
  id,
  name: id,
  kind: 'chat',
  publisher: 'Acme',
  repo: `acme/${id}-GGUF`,
  licence: 'Apache-2.0',
  goodFor: 'Trying things out.',
  parameters: 4e9,
  contextTokens: 32_768,
  abilities: { tools: true, reasoning: false, vision: false },
  releasedAt: '2026-01-01',
  files
})

let folder: string
let gateway: RunningGateway
let lock: { release(): void }
let files: LocalModelDetails[]
let catalog: CatalogModel[]
let asked: string[]
let started: { repo: string; file: string; revision: string }[]
let pausedIds: string[]
/** What becomes of a download, state after state. */
let course: Partial<Download>[]

beforeEach(async () => {
  folder = mkdtempSync(path.join(tmpdir(), 'homeport-cli-models-'))
  prepareDataFolder(folder)
  lock = acquireFolderLock(folder)
  files = [localModel('Qwen3-4B'), localModel('other', { origin: 'added' })]
  catalog = [
    catalogModel('small', [offered('Q3_K_M'), offered('Q4_K_M'), offered('Q8_0')]),
    catalogModel('huge', [offered('Q4_K_M', { fit: tooLarge })])
  ]
  asked = []
  started = []
  pausedIds = []
  course = [
    { state: 'downloading', receivedBytes: 400, sizeBytes: 1000, bytesPerSecond: 100, secondsLeft: 6 },
    { state: 'verifying', receivedBytes: 1000, sizeBytes: 1000 },
    { state: 'done', receivedBytes: 1000, sizeBytes: 1000, modelId: 'small-Q4_K_M' }
  ]
  const { onDevice } = smallOnDevice(files)
  const models: LocalModelList = {
    ...onDevice.models,
    add: async () => localModel('added'),
    async remove(id, { deleteFile }) {
      asked.push(`remove ${id} ${deleteFile}`)
    },
    async saveSettings(id, settings) {
      asked.push(JSON.stringify(settings))
      return localModel(id, { settings })
    },
    calibrate: async (id) => localModel(id, { calibratedThreads: 3, speed: { prompt: 812.4, output: 41.6 } })
  }
  const modelCatalog: ModelCatalog = {
    list: async () => catalog,
    async search(query) {
      asked.push(`search ${query}`)
      return [{ repo: 'acme/found-GGUF', downloads: 7, likes: 1, updatedAt: 0, licence: 'mit', gated: true }]
    },
    async repoFiles(repo, revision) {
      asked.push(`files ${repo} ${revision}`)
      return [
        offered('Q4_K_M', { file: 'sub/found.Q4_K_M.gguf' }),
        offered('F16', { file: 'sub/found.F16.gguf' })
      ]
    }
  }
  let current: Download
  const downloads: Downloads = {
    list: () => [current],
    async start(wanted) {
      started.push(wanted)
      current = {
        ...wanted,
        id: 'd1',
        name: 'Small',
        state: 'queued',
        sizeBytes: null,
        receivedBytes: 0,
        bytesPerSecond: null,
        secondsLeft: null,
        problem: null,
        modelId: null,
        startedAt: 1
      }
      // after the answer, as a real one
      setImmediate(() => {
        for (const state of course) {
          current = { ...current, ...state }
          gateway.hub.publish({ type: 'download-changed', download: current })
        }
      })
      return current
    },
    async setPaused(id) {
      pausedIds.push(id)
      current = { ...current, state: 'paused' }
      return current
    },
    remove: async () => {}
  }
  const handlers = echoHandlers({
    ...localModelHandlers({ models, status: onDevice.status }),
    ...modelDownloadHandlers({
      catalog: modelCatalog,
      downloads,
      hub: { status: async () => ({ hasToken: false }), setToken: async () => ({ hasToken: false }) }
    }),
    'GET /app/settings': async () => settingsSchema.parse({}),
    'GET /app/models': async () => ({
      models: [
        {
          id: 'on-device/Qwen3-4B',
          providerId: 'on-device',
          providerName: 'On this device',
          name: 'Qwen3-4B',
          onDevice: true,
          contextTokens: 8192,
          maxOutputTokens: null,
          priced: true,
          abilities: {}
        }
      ]
    }),
    'GET /app/aliases': async () => ({ aliases: [] }),
    'GET /app/info': async () => ({
      version: '0',
      pid: 1,
      port: 1,
      dataDir: folder,
      modelsDir: folder,
      headless: true,
      paused: false,
      secrets: { backend: 'key-file', description: '', keychainProblem: null },
      notices: [],
      inferenceBackend: null
    })
  })
  gateway = await startGateway({ appHandlers: handlers })
  writeDaemonFile(folder, { pid: process.pid, port: gateway.port, version: '0', controlToken })
})
afterEach(async () => {
  await gateway.close()
  lock.release()
  rmSync(folder, { recursive: true, force: true })
})

const homeport = (...args: string[]) => runCommand([...args, '--data-dir', folder], { env: {} })

describe('model pull', () => {
  test('takes the usual file of a catalog model, shows how far it is, and says what it became', async () => {
    const { code, out, err } = await homeport('model', 'pull', 'small')
    expect({ code, out }).toEqual({ code: 0, out: 'Added on-device/small-Q4_K_M.\n' })
    expect(err).toContain('40 %  1 kB of 1 kB  1 kB/s  6 s left')
    expect(started).toEqual([{ repo: 'acme/small-GGUF', file: 'small-Q4_K_M.gguf', revision: 'main' }])
    expect(asked).toEqual([])
  })

  test.each([
    ['small:q8_0', 'acme/small-GGUF', 'small-Q8_0.gguf', 'main'],
    ['acme/small-GGUF:Q3_K_M', 'acme/small-GGUF', 'small-Q3_K_M.gguf', 'main'],
    ['some/one-GGUF', 'some/one-GGUF', 'sub/found.Q4_K_M.gguf', 'main'],
    ['hf.co/some/one-GGUF:F16', 'some/one-GGUF', 'sub/found.F16.gguf', 'main'],
    ['some/one-GGUF/sub/found.F16.gguf', 'some/one-GGUF', 'sub/found.F16.gguf', 'main'],
    [
      'https://huggingface.co/some/one-GGUF/blob/v2/sub/found.F16.gguf?download=true',
      'some/one-GGUF',
      'sub/found.F16.gguf',
      'v2'
    ]
  ])('understands %s', async (typed, repo, file, revision) => {
    expect((await homeport('model', 'pull', typed)).code).toBe(0)
    expect(started).toEqual([{ repo, file, revision }])
  })

  test.each([
    ['smal', 'Did you mean small?'],
    ['small:Q3_K_S', 'It is as: Q4_K_M, F16'],
    ['some/one-GGUF/sub/found.F15.gguf', 'Did you mean sub/found.F16.gguf?'],
    ['huge', 'huge:Q4_K_M']
  ])('of %s that there is not, or that does not fit, says: %s', async (typed, hint) => {
    const { code, out, err } = await homeport('model', 'pull', typed)
    expect({ code, out }).toEqual({ code: 1, out: '' })
    expect(err).toContain(hint)
    expect(started).toEqual([])
  })

  test('of what does not fit but was named goes on, with a word', async () => {
    const { code, err } = await homeport('model', 'pull', 'huge:Q4_K_M')
    expect(code).toBe(0)
    expect(err).toContain('will not run on this machine')
  })

  test.each([
    [
      'the smallest that keeps its quality',
      [offered('Q2_K'), offered('UD-Q4_K_M'), offered('Q8_0')],
      'UD-Q4_K_M'
    ],
    [
      'on a GPU the largest that fits on it',
      [offered('Q4_0', gpu), offered('Q8_0', gpu), offered('F16', gpu)],
      'Q8_0'
    ],
    ['what is not quantised, where all is', [offered('F16')], 'F16']
  ])('takes %s', async (_, files, quantization) => {
    catalog = [catalogModel('small', files)]
    await homeport('model', 'pull', 'small')
    expect(started.map(({ file }) => file)).toEqual([`small-${quantization}.gguf`])
  })

  test('of what is here is done at once', async () => {
    catalog = [catalogModel('small', [offered('Q4_K_M', { installedAs: 'mine' })])]
    expect(await homeport('model', 'pull', 'small')).toMatchObject({
      code: 0,
      out: 'on-device/mine is here already.\n'
    })
    expect(started).toEqual([])
  })

  test('with --json is one document a line', async () => {
    const { out, err } = await homeport('model', 'pull', 'small', '--json')
    const lines = out.trimEnd().split('\n')
    expect(lines.map((line) => JSON.parse(line).state)).toEqual([
      'queued',
      'downloading',
      'verifying',
      'done'
    ])
    expect(err).toBe('')
  })

  test('that fails says why', async () => {
    course = [{ state: 'failed', problem: 'The file is not what was promised.' }]
    expect(await homeport('model', 'pull', 'small')).toMatchObject({
      code: 1,
      err: expect.stringContaining('homeport: The file is not what was promised.')
    })
  })

  test('pauses at Ctrl-C and says how to go on', async () => {
    course = [{ state: 'downloading', receivedBytes: 400, sizeBytes: 1000 }]
    const pulling = homeport('model', 'pull', 'small:Q8_0')
    await expect.poll(() => started).toHaveLength(1)
    process.emit('SIGINT', 'SIGINT')
    expect(await pulling).toMatchObject({
      code: 130,
      err: expect.stringContaining('Go on with: homeport model pull small:Q8_0')
    })
    expect(pausedIds).toEqual(['d1'])
  })
})

describe('a model that is not here', () => {
  test.each(['show', 'load', 'unload', 'calibrate', 'rm'])(
    'of model %s is answered with the nearest',
    async (verb) => {
      const { code, err } = await homeport('model', verb, 'on-device/qwen3-4')
      expect(code).toBe(1)
      expect(err).toContain('There is no model "qwen3-4" on this machine. Did you mean Qwen3-4B?')
    }
  )

  test('but in the catalog says how to get it', async () => {
    expect((await homeport('model', 'run', 'small', 'Hello')).err).toContain('homeport model pull small')
  })
})

test('model list says of a model here how large it is, how it fits and how fast it was', async () => {
  files[0] = localModel('Qwen3-4B', { speed: { prompt: 100, output: 7.26 } })
  const { out } = await homeport('model', 'list', '--here')
  expect(out).toMatch(/on-device\/Qwen3-4B +this machine +8192 +2\.5 GB +CPU, 3\.7 GB +7\.3 tokens\/s +ready/)
  expect(out).not.toContain('auto')
})

test('model show names the template by its hash, and memory by context', async () => {
  const { out } = await homeport('model', 'show', 'qwen3-4b')
  expect(out).toContain('sha256:a1b2')
  expect(out).toContain('tools, reasoning')
})

describe('model rm', () => {
  test('of a file in the models folder wants --file, and deletes it then', async () => {
    expect((await homeport('model', 'rm', 'Qwen3-4B')).err).toContain('add --file')
    expect(asked).toEqual([])
    expect(await homeport('model', 'rm', 'Qwen3-4B', '--file')).toMatchObject({
      code: 0,
      out: 'Deleted on-device/Qwen3-4B, 2.5 GB.\n'
    })
    expect(asked).toEqual(['remove Qwen3-4B true'])
  })

  test('of any other leaves the file', async () => {
    await homeport('model', 'rm', 'other')
    expect(asked).toEqual(['remove other false'])
  })
})

describe('model set', () => {
  test('changes what is named and keeps the rest; auto lets Homeport choose', async () => {
    files[0] = localModel('Qwen3-4B', {
      settings: localModelSettingsSchema.parse({ threads: 4, overflow: 'slide' })
    })
    const set = ['context=16384', 'flash-attention=on', 'threads=auto', 'draft=on-device/other']
    const { code, out } = await homeport('model', 'set', 'Qwen3-4B', ...set)
    expect(code).toBe(0)
    expect(asked.map((settings) => JSON.parse(settings))).toEqual([
      {
        ...localModelSettingsSchema.parse({}),
        contextTokens: 16_384,
        flashAttention: true,
        overflow: 'slide',
        draftModel: 'other'
      }
    ])
    expect(out).toMatch(/threads +auto/)
  })

  test.each([
    ['contxt=1', 'Did you mean context?'],
    ['context=much', 'context is a number'],
    ['flash-attention=yes', 'on, off or auto'],
    ['context', 'NAME=VALUE']
  ])('%s is typed wrongly', async (word, hint) => {
    const { code, err } = await homeport('model', 'set', 'other', word)
    expect(code).toBe(2)
    expect(err).toContain(hint)
  })
})

test('model search says whom it asks; a repository is answered with its files', async () => {
  const found = await homeport('model', 'search', 'small coder')
  expect(found.err).toContain('Asking Hugging Face')
  expect(found.out).toContain('acme/found-GGUF')
  expect(found.out).toContain('asks for agreement')
  expect((await homeport('model', 'search', 'acme/found-GGUF')).out).toContain('sub/found.F16.gguf')
  expect(asked).toEqual(['search small coder', 'files acme/found-GGUF main'])
})

test('model catalog --fits leaves out what does not', async () => {
  expect((await homeport('model', 'catalog')).out).toContain('does not fit: 90.0 GB')
  expect((await homeport('model', 'catalog', '--fits')).out).not.toContain('huge')
})

test('model calibrate says the threads and the speed', async () => {
  expect((await homeport('model', 'calibrate', 'other')).out).toMatch(/3\n.*42 tokens\/s\n.*812 tokens\/s/s)
})

test('model load and unload reach the engine', async () => {
  await homeport('model', 'load', 'other')
  expect((await homeport('model', 'ps')).out).toContain('on-device/other')
  await homeport('model', 'unload', 'other')
  expect((await homeport('model', 'ps')).out).not.toContain('on-device/other')
})
