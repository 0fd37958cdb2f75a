import { Readable } from 'node:stream'
import { afterEach, describe, expect, test } from 'vitest'
import type { CallInput } from '../../pipeline/context.ts'
import type { ChatEvent } from '../../providers/spec/chat.ts'
import type { RawCall } from '../../providers/spec/operations.ts'
import type { ModelProvider } from '../../providers/spec/provider.ts'
import { send } from '../testing/raw-http.ts'
import {
  appToken,
  bearer,
  jsonType,
  type RunningGateway,
  smallPipeline,
  startGateway
} from '../testing/small-gateway.ts'

let running: RunningGateway | null = null
afterEach(async () => {
  await running?.close()
  running = null
})

/** A provider that answers with these pieces; an error among them breaks the answer off. */
function providerOf(contentType: string, ...pieces: (string | Error)[]) {
  const asked: RawCall[] = []
  const provider: ModelProvider = {
    id: 'acme',
    name: 'Acme',
    kind: 'test',
    onDevice: false,
    pricing: 'unknown',
    listModels: () => [],
    chat: () => Promise.reject(new Error('no chat was asked for')),
    async raw(call) {
      asked.push(call)
      const body = Readable.from(
        (async function* () {
          for (const piece of pieces) {
            if (piece instanceof Error) throw piece
            yield Buffer.from(piece)
          }
        })()
      )
      return { headers: {}, contentType, body }
    }
  }
  return { provider, asked }
}

/** A pipeline that hands on the first answer which begins, as the real one does. */
function firstThatBegins(providers: readonly ModelProvider[], seen: ChatEvent[]) {
  return async ({ perform, signal }: CallInput) => {
    let failure: unknown
    for (const provider of providers) {
      try {
        const answer = await perform?.({ provider, model: 'm1' }, signal)
        const source = answer?.events[Symbol.asyncIterator]()
        const first = await source?.next()
        return (async function* () {
          for (let result = first; result && !result.done; result = await source?.next()) {
            seen.push(result.value)
            yield result.value
          }
        })()
      } catch (error) {
        failure = error
      }
    }
    throw failure
  }
}

async function start(...providers: ModelProvider[]) {
  const seen: ChatEvent[] = []
  const { pipeline, calls } = smallPipeline(firstThatBegins(providers, seen))
  running = await startGateway({ pipeline })
  const { port } = running
  const post = (path: string, body: object) =>
    send(port, {
      method: 'POST',
      path,
      headers: { ...bearer(appToken), ...jsonType },
      body: JSON.stringify(body)
    })
  return { post, seen, calls }
}

const image = { model: 'acme/m1', prompt: 'A harbour', n: 1 }

describe('an answer in JSON', () => {
  test('arrives whole, with its headers, and the upstream got its own name of the model in its place', async () => {
    const { provider, asked } = providerOf('application/json', '{"data": [', '], "x":1.0}')
    const { post, calls } = await start(provider)
    const answer = await post('/v1/images/generations', image)
    expect(answer.text).toBe('{"data": [], "x":1.0}')
    expect(answer.headers).toMatchObject({
      'content-type': 'application/json',
      'x-homeport-model': 'acme/m1'
    })
    expect(asked[0]).toMatchObject({ operation: 'images/generations', contentType: 'application/json' })
    expect(asked[0]?.body.toString()).toBe('{"model":"m1","prompt":"A harbour","n":1}')
    expect(calls[0]?.request().messages[0]?.content).toEqual([{ type: 'text', text: 'A harbour' }])
  })

  test('that breaks off is asked for elsewhere, and nothing of it is left', async () => {
    const broken = providerOf('application/json', '{"data": ["half', new Error('cut')).provider
    const { post } = await start(broken, providerOf('application/json', '{"data":[]}').provider)
    expect((await post('/v1/images/generations', image)).text).toBe('{"data":[]}')
  })

  test('that breaks off everywhere is an error of its own', async () => {
    const { post } = await start(providerOf('application/json', '{', new Error('cut')).provider)
    const answer = await post('/v1/images/generations', image)
    expect(answer.status).toBe(502)
    expect(JSON.parse(answer.text).error.message).toBe('Acme broke off its answer.')
  })
})

describe('sound', () => {
  const speech = { model: 'acme/m1', voice: 'alloy', input: 'Ahoy' }

  test('passes piece by piece, each an event that counts as output', async () => {
    const { post, seen, calls } = await start(providerOf('audio/mpeg', 'abc', 'de').provider)
    const answer = await post('/v1/audio/speech', speech)
    expect(answer.text).toBe('abcde')
    expect(answer.headers['content-type']).toBe('audio/mpeg')
    expect(calls[0]).toMatchObject({ dialect: 'openai-audio', stream: true })
    expect(seen.slice(0, 2).map(({ parts }) => parts[0]?.type)).toEqual(['media', 'media'])
  })

  test('that breaks off never ends as if it were complete', async () => {
    const { post } = await start(providerOf('audio/mpeg', 'abc', new Error('cut')).provider)
    await expect(post('/v1/audio/speech', speech)).rejects.toThrow()
  })

  test('that is nothing at all is an empty answer', async () => {
    const { post } = await start(providerOf('audio/mpeg').provider)
    expect(await post('/v1/audio/speech', speech)).toMatchObject({ status: 200, text: '' })
  })
})

test('a content type cannot break out of its header', async () => {
  const { post } = await start(providerOf('audio/x\r\nset-cookie: a=b', 'abc').provider)
  const answer = await post('/v1/audio/speech', { model: 'acme/m1', voice: 'alloy', input: 'Ahoy' })
  expect(answer.headers['set-cookie']).toBeUndefined()
})
