import { existsSync, mkdirSync, rmSync } from 'node:fs'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { settingsSchema } from '../../core/contract/settings.ts'
import { type DaemonProcess, startDaemon, temporaryFolder } from '../support/daemon-process.ts'
import { startCommand } from '../support/homeport-command.ts'
import { type ModelMirror, startModelMirror } from '../support/model-mirror.ts'
import { tinyGguf } from '../support/tiny-gguf.ts'

// Real `homeport` processes that download from a mirror on this machine and run what they got, with and without a daemon.

// Commands are processes: on a busy machine each takes its second.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 })

const repo = 'harbour/tiny-GGUF'
const file = 'tiny-F32.gguf'
// a model without sense writes until its context is full: a small one ends soon
const bytes = tinyGguf({ name: 'Tiny of the harbour', contextTokens: 512 })
const half = Math.floor(bytes.length / 2)
const env = { HOMEPORT_THREADS: '1' }

let mirror: ModelMirror
beforeAll(async () => {
  mirror = await startModelMirror({ repo, file, bytes })
})
afterAll(() => mirror.close())

describe.each(['while the daemon runs', 'while no daemon runs'])('%s', (when) => {
  let daemon: DaemonProcess | null = null
  let dataDir: string
  let id: string
  const start = (args: string[], input?: string) => startCommand([...args, '--data-dir', dataDir], input, env)
  const homeport = (args: string[], input?: string) => start(args, input).result
  const json = async (...args: string[]) => JSON.parse((await homeport([...args, '--json'])).stdout)

  beforeAll(async () => {
    dataDir = temporaryFolder()
    mkdirSync(path.join(dataDir, 'models'))
    daemon = await startDaemon({ dataDir, env })
    const { onDevice } = settingsSchema.parse({})
    await daemon.app('PATCH /app/settings', { onDevice: { ...onDevice, mirrorUrl: mirror.url } })
    if (when === 'while the daemon runs') return
    await daemon.stop({ keep: true })
    daemon = null
  })
  afterAll(async () => {
    await daemon?.stop()
    rmSync(dataDir, { recursive: true, force: true })
  })

  test('pull pauses at Ctrl-C, and goes on where it was', async () => {
    mirror.hold(half)
    const pulling = start(['model', 'pull', repo, '--json'])
    await pulling.untilPrinted(new RegExp(`"receivedBytes":${half}`))
    pulling.kill('SIGINT')
    const paused = await pulling.result
    expect(paused).toMatchObject({
      code: 130,
      stderr: expect.stringContaining(`homeport model pull ${repo}`)
    })
    expect(existsSync(path.join(dataDir, 'models', file))).toBe(false)
    expect((await json('model', 'list')).localModels).toEqual([])

    mirror.hold(null)
    const pulled = await homeport(['model', 'pull', repo])
    expect(pulled).toMatchObject({ code: 0, stdout: expect.stringMatching(/^Added on-device\/\S+\.\n$/) })
    expect(mirror.offsets.at(-1)).toBe(half)
    id = /on-device\/(\S+)\.\n/.exec(pulled.stdout)?.[1] ?? ''
    expect((await homeport(['model', 'pull', repo])).stdout).toBe(`on-device/${id} is here already.\n`)
  })

  test('run answers a prompt, typed or piped', async () => {
    const typed = await homeport(['model', 'run', id, 'Where do ships sleep?'])
    expect(typed).toMatchObject({ code: 0, stderr: '' })
    expect(typed.stdout.trim()).not.toBe('')
    expect((await homeport(['model', 'run', id], 'Where do ships sleep?')).stdout.trim()).not.toBe('')
  })

  if (when === 'while no daemon runs') {
    test('load says that a model stays only where something runs', async () => {
      expect(await homeport(['model', 'load', id])).toMatchObject({
        code: 1,
        stderr: expect.stringContaining('homeport serve')
      })
    })
    return
  }

  test('load, ps and unload speak of the engine as it is', async () => {
    expect((await homeport(['model', 'load', id])).code).toBe(0)
    expect((await json('model', 'ps')).models).toMatchObject([{ id, state: 'loaded' }])
    expect((await homeport(['model', 'unload', id])).code).toBe(0)
    expect((await json('model', 'ps')).models).toEqual([])
  })

  test('list and show say what it is and how it fits', async () => {
    const { localModels } = await json('model', 'list', '--here')
    expect(localModels).toMatchObject([{ id, origin: 'folder', state: 'ready', fit: { verdict: 'cpu' } }])
    const shown = await homeport(['model', 'show', id])
    expect(shown.stdout).toMatch(/sha256:[0-9a-f]{64}/)
    expect(shown.stdout).toContain('CPU')
  })

  test('set keeps a setting', async () => {
    expect((await homeport(['model', 'set', id, 'context=512', 'overflow=slide'])).code).toBe(0)
    expect((await json('model', 'show', id)).settings).toMatchObject({
      contextTokens: 512,
      overflow: 'slide'
    })
    expect(await homeport(['model', 'set', id, 'context=5'])).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('contextTokens')
    })
  })

  test('calibrate finds a number of threads', async () => {
    expect(await json('model', 'calibrate', id)).toMatchObject({
      calibratedThreads: 1,
      speed: { output: expect.any(Number) }
    })
  })

  test('the catalog is listed without asking anybody', async () => {
    const { models } = await json('model', 'catalog')
    expect(models.length).toBeGreaterThan(10)
    expect(await homeport(['model', 'catalog', '--fits'])).toMatchObject({ code: 0 })
  })

  test('search asks the mirror that is set, and says so', async () => {
    const found = await homeport(['model', 'search', 'tiny'])
    expect(found.stdout).toContain(repo)
    expect(found.stderr).toContain(`Asking ${new URL(mirror.url).host}`)
    expect((await homeport(['model', 'search', repo])).stdout).toContain(file)
  })

  test('rm deletes the file when told to', async () => {
    expect((await homeport(['model', 'rm', id])).code).toBe(1)
    const [model] = (await json('model', 'list')).localModels
    expect(await homeport(['model', 'rm', id, '--file'])).toMatchObject({ code: 0 })
    expect(existsSync(model.path)).toBe(false)
    expect((await json('model', 'list')).localModels).toEqual([])
  })
})
