import { existsSync, mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { Ollama } from 'ollama'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { type DaemonProcess, startDaemon, temporaryFolder } from '../support/daemon-process.ts'
import { writeTinyEmbedder } from '../support/tiny-encoder-gguf.ts'
import { chatMlTemplate, writeTinyGguf } from '../support/tiny-gguf.ts'

// How Ollama's own client sees models of this machine, loads them and lets them go.

const model = 'on-device/tiny'
const embedder = 'on-device/embedder'
const messages = [{ role: 'user', content: 'Where do ships sleep?' }]
const options = { num_predict: 4 }

let daemon: DaemonProcess
let ollama: Ollama
let secret: string
let file: string

beforeAll(async () => {
  const dataDir = temporaryFolder()
  mkdirSync(join(dataDir, 'models'))
  file = join(dataDir, 'models/tiny.gguf')
  writeTinyGguf(file)
  writeTinyEmbedder(join(dataDir, 'models/embedder.gguf'))
  daemon = await startDaemon({ dataDir })
  secret = (await daemon.app('POST /app/keys', { name: 'Ollama client' })).secret
  ollama = new Ollama({ host: daemon.baseUrl, headers: { authorization: `Bearer ${secret}` } })
  await daemon.app('GET /app/local-models')
})
afterAll(async () => {
  await daemon?.stop()
})

const inMemory = async () => (await ollama.ps()).models.map(({ name }) => name)
const untilGone = () => expect.poll(inMemory, { timeout: 10_000 }).toEqual([])

it('lists them with size, family and quantization', async () => {
  const { models } = await ollama.list()
  const tiny = models.find(({ name }) => name === model)
  expect(tiny?.size).toBeGreaterThan(100_000)
  expect(tiny?.details).toMatchObject({ format: 'gguf', family: 'llama' })
})

it('shows their template, context and abilities', async () => {
  const shown = await ollama.show({ model })
  expect(shown.template).toBe(chatMlTemplate)
  expect(shown.model_info).toMatchObject({ 'general.architecture': 'llama', 'llama.context_length': 2048 })
  expect(shown.capabilities).toContain('completion')
  expect((await ollama.show({ model: embedder })).capabilities).toEqual(['embedding'])
})

it('loads one by an empty prompt, says what it takes, and unloads it by keep_alive 0', async () => {
  expect(await ollama.generate({ model, prompt: '' })).toMatchObject({ done_reason: 'load' })
  const { models } = await ollama.ps()
  expect(models).toMatchObject([{ name: model, size_vram: 0, details: { family: 'llama' } }])
  expect(models[0]?.size).toBeGreaterThan(0)
  expect(new Date(models[0]?.expires_at ?? 0).getTime()).toBeGreaterThan(Date.now())
  expect(await ollama.generate({ model, prompt: '', keep_alive: 0 })).toMatchObject({ done_reason: 'unload' })
  await untilGone()
})

it('loads an embedder by nothing to embed, for embedding', async () => {
  expect((await ollama.embed({ model: embedder, input: [] })).embeddings).toEqual([])
  expect(await inMemory()).toEqual([embedder])
  await ollama.generate({ model: embedder, prompt: '', keep_alive: 0 })
  await untilGone()
})

it('unloads one after the answer that was asked for so', async () => {
  await ollama.chat({ model, messages, options })
  expect(await inMemory()).toEqual([model])
  await ollama.chat({ model, messages, options, keep_alive: 0 })
  await untilGone()
})

it('names a wish for another time to stay as dropped', async () => {
  const response = await fetch(`${daemon.baseUrl}/api/chat`, {
    method: 'POST',
    headers: { authorization: `Bearer ${secret}`, 'content-type': 'application/json' },
    body: JSON.stringify({ model, messages, options, stream: false, keep_alive: '5m' })
  })
  expect(response.headers.get('x-homeport-warning')).toContain('keep_alive was dropped')
})

it('does nothing for a pull of what is here, and refuses to download or delete', async () => {
  expect(await ollama.pull({ model })).toMatchObject({ status: 'success' })
  await expect(ollama.pull({ model: 'llama3.2' })).rejects.toMatchObject({ status_code: 403 })
  await expect(ollama.delete({ model })).rejects.toMatchObject({ status_code: 403 })
  expect(existsSync(file)).toBe(true)
})
