import { afterEach, describe, expect, test } from 'vitest'
import type { CallInput, ModelTarget } from '../pipeline/context.ts'
import type { EmbedCall } from '../providers/spec/operations.ts'
import type { ModelProvider } from '../providers/spec/provider.ts'
import { send } from './testing/raw-http.ts'
import {
  appToken,
  bearer,
  jsonType,
  type RunningGateway,
  smallPipeline,
  someUsage,
  startGateway
} from './testing/small-gateway.ts'

let running: RunningGateway | null = null
afterEach(async () => {
  await running?.close()
  running = null
})

const provider = (more: Partial<ModelProvider> = {}): ModelProvider => ({
  id: 'acme',
  name: 'Acme',
  kind: 'test',
  onDevice: false,
  pricing: 'unknown',
  listModels: () => [],
  chat: () => Promise.reject(new Error('no chat was asked for')),
  ...more
})
const targetOf = (one: ModelProvider): ModelTarget => ({ provider: one, model: 'm1' })

/** A gateway whose pipeline asks these providers in turn until one answers, as fallback does. */
async function start(...providers: ModelProvider[]) {
  const script = async ({ perform, signal }: CallInput) => {
    let failure: unknown = new Error('nothing to perform')
    for (const each of providers) {
      try {
        const answer = await perform?.(targetOf(each), signal)
        if (answer) return answer.events
      } catch (error) {
        failure = error
      }
    }
    throw failure
  }
  const { pipeline, calls } = smallPipeline(script)
  running = await startGateway({ pipeline })
  const { port } = running
  const post = (path: string, body: object) =>
    send(port, {
      method: 'POST',
      path,
      headers: { ...bearer(appToken), ...jsonType },
      body: JSON.stringify({ model: 'acme/m1', ...body })
    })
  return { post, calls }
}

const embedding = (value: number) =>
  provider({ embed: async () => ({ vectors: [[value]], usage: someUsage, servedModel: 'm1', warnings: [] }) })

describe('a provider that cannot', () => {
  test.each([
    ['/v1/embeddings', { input: 'a' }, 'embeddings', 'Cohere'],
    ['/v1/rerank', { query: 'a', documents: ['b'] }, 'reranking', 'Jina'],
    ['/v1/moderations', { input: 'a' }, 'this operation', 'Groq']
  ])('serve %s is named, and so are those that can', async (path, body, operation, other) => {
    const { post } = await start(provider())
    const answer = await post(path, body)
    expect(answer.status).toBe(400)
    const { error } = JSON.parse(answer.text)
    expect(error.message).toContain(`Acme does not offer ${operation}`)
    expect(error.message).toContain(other)
    expect(error.param).toBe('model')
  })

  test('embed is told in the words of Ollama too', async () => {
    const { post } = await start(provider())
    const answer = await post('/api/embed', { input: 'a' })
    expect(answer.status).toBe(400)
    expect(JSON.parse(answer.text).error).toContain('Acme does not offer embeddings')
  })
})

test('tokens go only to a provider that takes them', async () => {
  const asked: EmbedCall[] = []
  const embed = async (call: EmbedCall) => {
    asked.push(call)
    return { vectors: [[1], [2]], usage: null, servedModel: null, warnings: [] }
  }
  const refusing = await start(provider({ embed }))
  const refused = await refusing.post('/v1/embeddings', { input: [1, 2] })
  expect(refused.status).toBe(400)
  expect(JSON.parse(refused.text).error).toMatchObject({
    message: expect.stringContaining('Acme takes texts only, no tokens.'),
    param: 'input'
  })
  expect(asked).toEqual([])
  await running?.close()

  const { post, calls } = await start(provider({ embed, embedsTokens: true }))
  expect((await post('/v1/embeddings', { input: [[1, 2], [3]] })).status).toBe(200)
  expect(asked).toMatchObject([{ inputs: [], tokens: [[1, 2], [3]] }])
  expect(calls[0]?.request().messages[0]?.content).toMatchObject([{ text: '1 2' }, { text: '3' }])
})

test('what answers is the provider that was asked last', async () => {
  const { post, calls } = await start(provider(), embedding(2))
  const answer = await post('/v1/embeddings', { input: 'a', encoding_format: 'float' })
  expect(JSON.parse(answer.text)).toMatchObject({
    data: [{ index: 0, embedding: [2] }],
    usage: { prompt_tokens: someUsage.input.total }
  })
  expect(calls[0]).toMatchObject({ dialect: 'openai-embeddings', stream: false, wire: null })
  expect(calls[0]?.request().messages).toEqual([{ role: 'user', content: [{ type: 'text', text: 'a' }] }])
})

test('asks for nothing when Ollama’s clients have nothing to embed', async () => {
  const { post, calls } = await start(embedding(1))
  expect(JSON.parse((await post('/api/embed', { input: [] })).text)).toMatchObject({ embeddings: [] })
  expect(JSON.parse((await post('/api/embeddings', { prompt: '' })).text)).toEqual({ embedding: [] })
  expect(calls).toHaveLength(0)
})

test('vectors are 32-bit floats, little-endian, where base64 is asked for', async () => {
  const { post } = await start(embedding(-0.1))
  const answer = await post('/v1/embeddings', { input: 'a', encoding_format: 'base64' })
  const bytes = Buffer.from(JSON.parse(answer.text).data[0].embedding, 'base64')
  expect([bytes.length, bytes.readFloatLE()]).toEqual([4, Math.fround(-0.1)])
})
