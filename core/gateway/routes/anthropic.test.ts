import { afterEach, describe, expect, it } from 'vitest'
import { HomeportError } from '../../errors/homeport-error.ts'
import type { ModelTarget, Pipeline } from '../../pipeline/context.ts'
import type { ModelProvider } from '../../providers/spec/provider.ts'
import { send } from '../testing/raw-http.ts'
import {
  appToken,
  events,
  jsonType,
  type RunningGateway,
  smallPipeline,
  someUsage,
  startGateway,
  traceId
} from '../testing/small-gateway.ts'

let running: RunningGateway | null = null
afterEach(async () => {
  await running?.close()
  running = null
})
const start = async (pipeline: Pipeline) => {
  running = await startGateway({ pipeline })
  return running.port
}
const version = { 'anthropic-version': '2023-06-01' }
const key = { 'x-api-key': appToken }
const ask = { model: 'acme/m1', max_tokens: 64, messages: [{ role: 'user', content: 'Hello' }] }
const post = async (port: number, path: string, body: unknown, headers = {}) => {
  const answer = await send(port, {
    method: 'POST',
    path,
    headers: { ...key, ...version, ...jsonType, ...headers },
    body: JSON.stringify(body)
  })
  return { ...answer, json: () => JSON.parse(answer.text) }
}
const get = async (port: number, path: string, headers: Record<string, string> = version) => {
  const answer = await send(port, { path, headers: { ...key, ...headers } })
  return { status: answer.status, json: JSON.parse(answer.text) }
}

describe('POST /v1/messages', () => {
  const hi = () => events({ parts: [{ type: 'text-delta', text: 'Hi.' }] })

  it('answers in the dialect, and hands on the headers that change what a request means', async () => {
    const { pipeline, calls } = smallPipeline(hi)
    const port = await start(pipeline)
    const answer = await post(port, '/v1/messages', ask, {
      'anthropic-beta': 'a-1,b-2',
      'x-stainless-os': 'x'
    })
    expect(answer.json()).toMatchObject({
      id: `msg_${traceId}`,
      content: [{ type: 'text', text: 'Hi.' }],
      stop_reason: 'end_turn'
    })
    expect(calls[0]).toMatchObject({ dialect: 'anthropic-messages', stream: false, model: 'acme/m1' })
    expect(calls[0]?.wire?.headers).toEqual({ ...version, 'anthropic-beta': 'a-1,b-2' })
    expect(JSON.parse(String(calls[0]?.wire?.body))).toEqual(ask)
  })

  it('streams named events, and an error as the last of them', async () => {
    const { pipeline } = smallPipeline(async function* () {
      yield { parts: [{ type: 'text-delta' as const, text: 'Hi' }] }
      throw new HomeportError('upstream-failed', 'It broke off.')
    })
    const answer = await post(await start(pipeline), '/v1/messages', { ...ask, stream: true })
    expect(answer.headers['content-type']).toContain('text/event-stream')
    const names = answer.text.split('\n').flatMap((line) => (line.startsWith('event: ') ? line.slice(7) : []))
    expect(names).toEqual(['message_start', 'content_block_start', 'content_block_delta', 'error'])
    expect(answer.text.trimEnd().split('data: ').at(-1)).toBe(
      `{"type":"error","error":{"type":"api_error","message":"It broke off."},"request_id":"${traceId}"}`
    )
  })

  it('takes a tool whose parameter is called constructor', async () => {
    const { pipeline } = smallPipeline(hi)
    const schema = { type: 'object', properties: { constructor: { type: 'string' } } }
    const tools = [{ name: 'f', input_schema: schema }]
    expect((await post(await start(pipeline), '/v1/messages', { ...ask, tools })).status).toBe(200)
  })

  it('refuses what is wrong by its name', async () => {
    const port = await start(smallPipeline(hi).pipeline)
    const answer = await post(port, '/v1/messages', { ...ask, temperature: 2 })
    expect(answer.status).toBe(400)
    expect(answer.json()).toMatchObject({ type: 'error', error: { type: 'invalid_request_error' } })
    expect(answer.json().error.message).toContain('"temperature"')
  })
})

describe('POST /v1/messages/count_tokens', () => {
  const { max_tokens: _, ...question } = ask

  /** A pipeline of one target, which asks it twice, as a retry would. */
  const asking = (provider: Partial<ModelProvider>): Pipeline => ({
    async call(input) {
      const target = { provider, model: 'm1' } as ModelTarget
      await input.perform?.(target, input.signal)
      const answer = await input.perform?.(target, input.signal)
      if (!answer) throw new Error('nothing to perform')
      const { events: all, ...head } = answer
      const done = smallPipeline(() => events()).pipeline.call(input)
      return { ...(await done), head, events: all }
    }
  })

  it('asks the vendor that counts', async () => {
    const asked: string[] = []
    const pipeline = asking({
      countTokens: async ({ model, wire }) => {
        asked.push(`${model} ${wire?.headers['anthropic-version']}`)
        return 4711
      }
    })
    const answer = await post(await start(pipeline), '/v1/messages/count_tokens', question)
    expect(answer.json()).toEqual({ input_tokens: 4711 })
    expect(answer.headers['x-homeport-warning']).toBeUndefined()
    expect(asked).toEqual(['m1 2023-06-01', 'm1 2023-06-01'])
  })

  it('estimates where nobody counts, and says so', async () => {
    const long = { ...question, system: 'word '.repeat(400) }
    const answer = await post(await start(asking({})), '/v1/messages/count_tokens', long)
    expect(answer.json().input_tokens).toBeGreaterThan(400)
    expect(answer.headers['x-homeport-warning']).toContain('estimate')
  })
})

describe('the other addresses', () => {
  it('lists models in Anthropic’s shape to its clients, in OpenAI’s to all others', async () => {
    const port = await start(smallPipeline(() => events()).pipeline)
    const model = {
      type: 'model',
      id: 'acme/m1',
      display_name: 'acme/m1',
      created_at: '1970-01-01T00:00:00Z'
    }
    expect((await get(port, '/v1/models')).json).toMatchObject({
      data: [model, { id: 'on-device/org/tiny' }],
      has_more: false,
      first_id: 'acme/m1',
      last_id: 'on-device/org/tiny'
    })
    expect((await get(port, '/v1/models/acme/m1')).json).toMatchObject(model)
    expect((await get(port, '/v1/models/acme%2Fm1')).json).toMatchObject(model)
    expect((await get(port, '/v1/models', {})).json).toMatchObject({ object: 'list' })
  })

  it('answers unknown ones in the client’s own dialect', async () => {
    const port = await start(
      smallPipeline(() => events({ parts: [{ type: 'usage', usage: someUsage }] })).pipeline
    )
    const notFound = { type: 'error', error: { type: 'not_found_error' } }
    for (const path of ['/v1/messages/batches', '/v1/files', '/v1/models/nobody']) {
      expect(await get(port, path)).toMatchObject({ status: 404, json: notFound })
    }
    expect(await get(port, '/v1/messages/x', {})).toMatchObject({ status: 404, json: notFound })
    expect(await get(port, '/v1/messages')).toMatchObject({ status: 405, json: { type: 'error' } })
    const openai = await get(port, '/v1/chat/completions')
    expect(openai.json).not.toHaveProperty('type')
  })

  it('refuses a wrong key in the dialect’s words', async () => {
    const port = await start(smallPipeline(() => events()).pipeline)
    expect(await get(port, '/v1/models', { ...version, 'x-api-key': 'wrong' })).toMatchObject({
      status: 401,
      json: { type: 'error', error: { type: 'authentication_error' } }
    })
  })
})
