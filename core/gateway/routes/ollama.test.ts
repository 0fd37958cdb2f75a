import { afterEach, describe, expect, test, vi } from 'vitest'
import { HomeportError } from '../../errors/homeport-error.ts'
import type { ChatEvent } from '../../providers/spec/chat.ts'
import { send } from '../testing/raw-http.ts'
import {
  appToken,
  bearer,
  events,
  jsonType,
  type RunningGateway,
  type Script,
  smallPipeline,
  startGateway
} from '../testing/small-gateway.ts'
import { localModel, runningModel, smallOnDevice } from '../testing/small-on-device.ts'

let running: RunningGateway | null = null
afterEach(async () => {
  await running?.close()
  running = null
})

const hello: ChatEvent = { parts: [{ type: 'text-delta', text: 'Hello' }] }

async function start(script: Script = () => events(hello)) {
  const { pipeline, calls } = smallPipeline(script)
  const { onDevice, running: inMemory } = smallOnDevice([localModel('org/tiny')])
  running = await startGateway({ pipeline, onDevice })
  const { port } = running
  const ask = (method: string, path: string, body?: object) =>
    send(port, {
      method,
      path,
      headers: { ...bearer(appToken), ...(body && jsonType) },
      ...(body && { body: JSON.stringify(body) })
    })
  const chat = (members: object = {}) =>
    ask('POST', '/api/chat', { model: 'acme/m1', messages: [{ role: 'user', content: 'Hi' }], ...members })
  return { ask, chat, calls, inMemory }
}

test('streams NDJSON unless it is told not to', async () => {
  const { chat, calls } = await start()
  const streamed = await chat()
  expect(streamed.headers['content-type']).toBe('application/x-ndjson')
  expect(
    streamed.text
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line).done)
  ).toEqual([false, true])
  const plain = await chat({ stream: false })
  expect(plain.headers['content-type']).toBe('application/json')
  expect(JSON.parse(plain.text).message.content).toBe('Hello')
  expect(calls.map(({ dialect, stream }) => [dialect, stream])).toEqual([
    ['ollama-chat', true],
    ['ollama-chat', false]
  ])
})

test('the version answers HEAD as well as GET', async () => {
  const { ask } = await start()
  expect(JSON.parse((await ask('GET', '/api/version')).text)).toEqual({ version: expect.any(String) })
  expect(await ask('HEAD', '/api/version')).toMatchObject({ status: 200, text: '' })
})

describe('a model of this machine', () => {
  const model = 'on-device/org/tiny'
  const loaded = async (ask: Awaited<ReturnType<typeof start>>['ask']) =>
    JSON.parse((await ask('GET', '/api/ps')).text).models.map(({ name }: { name: string }) => name)

  test.each([
    ['/api/generate', {}],
    ['/api/chat', { messages: [] }],
    ['/api/embed', {}]
  ])('is loaded by an empty request to %s, and stays listed until one lets it go', async (path, empty) => {
    const { ask, calls } = await start()
    expect((await ask('POST', path, { model, ...empty })).status).toBe(200)
    expect(await loaded(ask)).toEqual([model])
    const gone = await ask('POST', '/api/generate', { model, keep_alive: 0 })
    expect(JSON.parse(gone.text)).toMatchObject({ done: true, done_reason: 'unload' })
    expect(await loaded(ask)).toEqual([])
    expect(calls).toEqual([])
  })

  test('goes after an answer that was asked for with keep_alive 0, also when that fails', async () => {
    for (const script of [() => events(hello), () => Promise.reject(new Error('broken'))]) {
      const { chat, inMemory } = await start(script)
      inMemory.push(runningModel('org/tiny'))
      await chat({ model, keep_alive: 0 })
      await vi.waitFor(() => expect(inMemory).toEqual([]))
      await running?.close()
    }
  })

  test('stays while others use it, whoever wants it gone', async () => {
    const { ask, inMemory } = await start()
    inMemory.push(runningModel('org/tiny', { active: 1 }))
    expect((await ask('POST', '/api/generate', { model, keep_alive: 0 })).status).toBe(200)
    expect(inMemory).toHaveLength(1)
  })

  test('has its own time to stay, and says that it dropped another', async () => {
    const { chat, calls } = await start()
    await chat({ model, keep_alive: '5m' })
    await chat({ keep_alive: '5m' })
    expect(calls.map(({ request }) => request().unmapped)).toEqual([['keep_alive'], []])
  })
})

describe('pull', () => {
  test('is done at once for a model that is here', async () => {
    const { ask } = await start()
    const streamed = await ask('POST', '/api/pull', { model: 'on-device/org/tiny' })
    expect(streamed).toMatchObject({ status: 200, text: '{"status":"success"}\n' })
    const plain = await ask('POST', '/api/pull', { model: 'acme/m1', stream: false })
    expect(plain).toMatchObject({ status: 200, text: '{"status":"success"}' })
  })

  test('of another is refused: a program may not download', async () => {
    const { ask } = await start()
    const answer = await ask('POST', '/api/pull', { model: 'llama9' })
    expect(answer.status).toBe(403)
    expect(JSON.parse(answer.text)).toEqual({ error: expect.stringContaining('homeport model pull') })
  })
})

test('a schema may have a property of any name', async () => {
  const { chat } = await start()
  const format = { type: 'object', properties: { constructor: { type: 'string' } } }
  expect((await chat({ format })).status).toBe(200)
})

describe('an error', () => {
  const broken = () => new HomeportError('upstream-failed', 'acme broke off.', { action: 'Try again.' })

  test('before output is one text with its status', async () => {
    const { chat } = await start(() => Promise.reject(broken()))
    expect(await chat()).toMatchObject({ status: 502, text: '{"error":"acme broke off. Try again."}' })
  })

  test('after output is a line, and no line says that the answer is done', async () => {
    const { chat } = await start(async function* () {
      yield hello
      throw broken()
    })
    const lines = (await chat()).text
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line))
    expect(lines.at(-1)).toEqual({ error: 'acme broke off. Try again.' })
    expect(lines.some(({ done }) => done)).toBe(false)
  })

  test('in the arguments of a tool is a line too', async () => {
    const { chat } = await start(() =>
      events(
        hello,
        { parts: [{ type: 'tool-call-start', index: 0, id: 'a', name: 'weather' }] },
        { parts: [{ type: 'tool-call-delta', index: 0, arguments: '{"city": "Os' }] },
        { parts: [{ type: 'finish', reason: 'tool-calls' }] }
      )
    )
    const lines = (await chat()).text.trimEnd().split('\n')
    expect(JSON.parse(lines.at(-1) ?? '').error).toContain('weather')
  })

  test.each([
    ['GET', '/api/chat', 405],
    ['POST', '/api/tags', 405],
    ['GET', '/api/nothing', 404],
    ['GET', '/api', 404],
    ['GET', '/api/pull', 405],
    ['POST', '/api/push', 403],
    ['DELETE', '/api/delete', 403],
    ['HEAD', '/api/blobs/sha256:abc', 403]
  ])('of %s %s is %i in the shape of the dialect', async (method, path, status) => {
    const { ask } = await start()
    const answer = await ask(method, path)
    expect(answer.status).toBe(status)
    if (method !== 'HEAD') expect(JSON.parse(answer.text)).toEqual({ error: expect.any(String) })
  })

  test('for an unknown model names it', async () => {
    const { ask } = await start()
    const answer = await ask('POST', '/api/show', { model: 'llama9' })
    expect(answer.status).toBe(404)
    expect(JSON.parse(answer.text).error).toContain("model 'llama9' not found")
  })
})
