import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { createServer, type IncomingHttpHeaders, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { buffer } from 'node:stream/consumers'
import { createParser } from 'eventsource-parser'
import { afterEach, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { usageSchema } from '../../core/contract/usage.ts'
import { adapterFolders, registryPath, registrySource } from '../../core/providers/generate-registry.ts'
import { adapters } from '../../core/providers/registry.generated.ts'
import type { ChatCall, ChatEvent } from '../../core/providers/spec/chat.ts'
import type { ProviderAdapter } from '../../core/providers/spec/provider.ts'

const providersFolder = join(import.meta.dirname, '../../core/providers')
const fixturesOf = (kind: string) => join(providersFolder, kind, '__fixtures__')
const KEY = 'sk-conformance'
const MODEL = 'vendor/some-model'

/** What an answer comes to, the same for a vendor's plain and streamed fixture. */
const expectedSchema = z.strictObject({
  text: z.string(),
  reasoning: z.string(),
  finish: z.string(),
  servedModel: z.string(),
  usage: usageSchema
})
const errorSchema = z.strictObject({
  status: z.number(),
  headers: z.record(z.string(), z.string()).optional(),
  body: z.unknown(),
  expected: z.strictObject({
    code: z.string(),
    status: z.number(),
    words: z.string(),
    retryAfterSeconds: z.number().optional()
  })
})

describe('the registry', () => {
  it('is what generate-registry.ts writes', () => {
    expect(readFileSync(registryPath, 'utf8')).toBe(registrySource(adapterFolders()))
  })

  it('holds one adapter for each folder, named like it', () => {
    expect(adapters.map(({ kind }) => kind)).toEqual(adapterFolders())
  })

  it('takes a new provider by its folder alone', () => {
    const before = registrySource(['openai-compatible']).split('\n')
    const after = registrySource(['openai-compatible', 'other-vendor']).split('\n')
    expect(after.filter((line) => !before.includes(line))).toEqual([
      "import { adapter as otherVendor } from './other-vendor/adapter.ts'",
      'export const adapters: readonly ProviderAdapter[] = [openaiCompatible, otherVendor]'
    ])
    for (const name of readdirSync(providersFolder)) {
      expect([
        'spec',
        'shared',
        'generate-registry.ts',
        'registry.generated.ts',
        ...adapterFolders()
      ]).toContain(name)
    }
  })
})

for (const adapter of adapters) {
  describe(`the adapter ${adapter.kind}`, () => {
    it('has fixtures beside it, complete for each vendor', () => {
      expect(existsSync(fixturesOf(adapter.kind))).toBe(true)
      expect(vendorsOf(adapter.kind).length).toBeGreaterThan(0)
      const files = vendorsOf(adapter.kind).flatMap((vendor) =>
        ['error.json', 'expected.json', 'json', 'sse'].map((end) => `${vendor}.${end}`)
      )
      expect(readdirSync(fixturesOf(adapter.kind)).sort()).toEqual(files)
    })

    describe.each(vendorsOf(adapter.kind))('with %s', (vendor) => conforms(adapter, vendor))
  })
}

function conforms(adapter: ProviderAdapter, vendor: string): void {
  const read = (end: string) => readFileSync(join(fixturesOf(adapter.kind), `${vendor}.${end}`))
  const plain = read('json')
  const stream = read('sse')
  const expected = expectedSchema.parse(JSON.parse(read('expected.json').toString()))
  const error = errorSchema.parse(JSON.parse(read('error.json').toString()))
  const payloads = dataOf(stream)

  const sendStream = (response: ServerResponse, bytes: Uint8Array) => {
    response.writeHead(200, { 'content-type': 'text/event-stream' })
    response.write(bytes)
  }

  it('reads a plain answer, and hands on its bytes', async () => {
    const upstream = await serve((response) => {
      response.writeHead(200, {
        'content-type': 'application/json',
        'x-request-id': 'req_1',
        'set-cookie': 'a=b'
      })
      response.end(plain)
    })
    const answer = await create(adapter, upstream).chat(callOf({ stream: false }))
    const events = await collect(answer.events)
    expect(summaryOf(events)).toEqual(expected)
    expect(events.map(({ wire }) => wire)).toEqual([plain.toString()])
    expect(answer).toMatchObject({
      wireDialect: 'openai-chat',
      warnings: [],
      headers: { 'x-request-id': 'req_1' }
    })
    expect(answer.headers).not.toHaveProperty('set-cookie')
  })

  it.each([1, 17, 4096])(
    'reads a stream in chunks of %i bytes, and hands on what the client asked for',
    async (size) => {
      const upstream = await serve(async (response) => {
        sendStream(response, new Uint8Array())
        for (let at = 0; at < stream.length; at += size) response.write(stream.subarray(at, at + size))
        response.end()
      })
      const events = await streamed(adapter, upstream, { stream_options: { include_usage: true } })
      expect(summaryOf(events)).toEqual(expected)
      expect(events.map(({ wire }) => wire)).toEqual(payloads.filter((payload) => payload !== '[DONE]'))
    }
  )

  it('counts the usage of a stream that the client did not ask for, and withholds it', async () => {
    const upstream = await serve((response) => {
      sendStream(response, stream)
      response.end()
    })
    const events = await streamed(adapter, upstream)
    expect(summaryOf(events).usage).toEqual(expected.usage)
    expect(events.flatMap(({ wire }) => wire ?? [])).toEqual(
      payloads.filter((payload) => payload !== '[DONE]' && JSON.parse(payload).choices.length > 0)
    )
  })

  it('sends the client’s bytes with only the model and the wish for usage set', async () => {
    const upstream = await serve((response) => {
      sendStream(response, stream)
      response.end()
    })
    const body =
      ' {"temperature":1.0 ,"model" : "up/x","x_vendor":{"z":1,"a":"\\u00e9"},\n"messages":[],"stream":true}\n'
    await collect((await create(adapter, upstream).chat(callOf({ stream: true }, body))).events)
    expect(upstream.requests[0]?.body).toBe(
      ` {"temperature":1.0 ,"model" : "${MODEL}","x_vendor":{"z":1,"a":"\\u00e9"},\n"messages":[],"stream":true,"stream_options":{"include_usage":true}}\n`
    )
    expect(upstream.requests[0]?.headers).toMatchObject({
      authorization: `Bearer ${KEY}`,
      'content-type': 'application/json'
    })
    expect(upstream.requests[0]?.url).toBe('/v1/chat/completions')
  })

  it('throws what the vendor says when it refuses', async () => {
    const upstream = await serve((response) => {
      response.writeHead(error.status, { 'content-type': 'application/json', ...error.headers })
      response.end(JSON.stringify(error.body))
    })
    const { words, ...fields } = error.expected
    for (const stream of [false, true]) {
      await expect(create(adapter, upstream).chat(callOf({ stream }))).rejects.toMatchObject({
        ...fields,
        message: expect.stringContaining(words)
      })
    }
  })

  it('throws upstream-failed wherever the stream ends before the answer does', async () => {
    const finish = payloads.findIndex((payload) => JSON.parse(payload).choices[0]?.finish_reason)
    for (let kept = 0; kept <= finish; kept++) {
      const text = payloads
        .slice(0, kept)
        .map((payload) => `data: ${payload}\n\n`)
        .join('')
      for (const ending of ['', 'data: {"id":"x","choices":[{"ind']) {
        const upstream = await serve((response) => {
          sendStream(response, Buffer.from(text + ending))
          response.end()
        })
        await expect(streamed(adapter, upstream)).rejects.toMatchObject({
          code: 'upstream-failed',
          message: expect.stringContaining('broke off')
        })
      }
    }
  })

  it.each([false, true])(
    'throws upstream-failed when the connection is cut (stream: %s)',
    async (isStream) => {
      const whole = isStream ? stream : plain
      const upstream = await serve((response) => {
        response.writeHead(200, { 'content-type': isStream ? 'text/event-stream' : 'application/json' })
        response.write(whole.subarray(0, whole.length / 2), () => response.destroy())
      })
      const answer = await create(adapter, upstream).chat(callOf({ stream: isStream }))
      await expect(collect(answer.events)).rejects.toMatchObject({
        code: 'upstream-failed',
        message: expect.stringContaining('broke off')
      })
    }
  )

  it('throws an error that stands in the stream, in the vendor’s words', async () => {
    const report = 'data: {"error":{"message":"Model crashed","type":"server_error","code":502}}\n\n'
    for (const text of [
      report,
      `event: error\n${report}`,
      `data: ${payloads[0]}\n\n${report}data: [DONE]\n\n`
    ]) {
      const upstream = await serve((response) => {
        sendStream(response, Buffer.from(text))
        response.end()
      })
      await expect(streamed(adapter, upstream)).rejects.toMatchObject({
        code: 'upstream-failed',
        message: expect.stringContaining('Model crashed')
      })
    }
  })

  it('drops events that are no part of an answer', async () => {
    const upstream = await serve((response) => {
      sendStream(
        response,
        Buffer.from('event: execute\ndata: {"code":"alert(1)"}\n\nevent: ping\ndata: {}\n\n')
      )
      response.end(stream)
    })
    expect(summaryOf(await streamed(adapter, upstream))).toEqual(expected)
  })

  it('closes the upstream at once when it is aborted', async () => {
    const upstream = await serve((response) => sendStream(response, stream.subarray(0, stream.length / 2)))
    const abort = new AbortController()
    const reason = new Error('stopped')
    const call = { ...callOf({ stream: true }), signal: abort.signal }
    const events = (await create(adapter, upstream).chat(call)).events[Symbol.asyncIterator]()
    await events.next()
    abort.abort(reason)
    const rest = async () => {
      while (!(await events.next()).done);
    }
    await expect(rest()).rejects.toBe(reason)
    await expect.poll(() => upstream.disconnects()).toBe(1)
  })

  it('closes the upstream when the reader leaves', async () => {
    const upstream = await serve((response) => sendStream(response, stream.subarray(0, stream.length / 2)))
    for await (const _ of (await create(adapter, upstream).chat(callOf({ stream: true }))).events) break
    await expect.poll(() => upstream.disconnects()).toBe(1)
  })

  it.each([false, true])('says so when a web page answers (stream: %s)', async (isStream) => {
    const upstream = await serve((response) => {
      response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' })
      response.end('<h1>Sign in</h1>')
    })
    await expect(create(adapter, upstream).chat(callOf({ stream: isStream }))).rejects.toThrow(/web page/)
  })
}

interface Upstream {
  baseUrl: string
  requests: { url: string; headers: IncomingHttpHeaders; body: string }[]
  disconnects(): number
}

const closing: (() => void)[] = []
afterEach(() => {
  for (const close of closing.splice(0)) close()
})

async function serve(answer: (response: ServerResponse) => void): Promise<Upstream> {
  const requests: Upstream['requests'] = []
  let disconnects = 0
  const server = createServer(async (request, response) => {
    response.on('close', () => {
      if (!response.writableFinished) disconnects++
    })
    const body = (await buffer(request)).toString()
    requests.push({ url: request.url ?? '', headers: request.headers, body })
    answer(response)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  closing.push(() => {
    server.close()
    server.closeAllConnections()
  })
  const { port } = server.address() as AddressInfo
  return { baseUrl: `http://127.0.0.1:${port}/v1`, requests, disconnects: () => disconnects }
}

const create = (adapter: ProviderAdapter, { baseUrl }: Upstream) =>
  adapter.create({
    id: 'p',
    name: 'P',
    baseUrl,
    models: [],
    pricing: 'unknown',
    options: {},
    key: async () => KEY
  })

function callOf(fields: { stream: boolean; stream_options?: object }, text?: string): ChatCall {
  const body =
    text ?? JSON.stringify({ model: 'p/x', messages: [{ role: 'user', content: 'Hi' }], ...fields })
  return {
    model: MODEL,
    stream: fields.stream,
    request: () => ({ messages: [], output: 'text', unmapped: [] }),
    wire: { dialect: 'openai-chat', body: Buffer.from(body), json: JSON.parse(body), headers: {} },
    signal: new AbortController().signal
  }
}

async function streamed(
  adapter: ProviderAdapter,
  upstream: Upstream,
  fields: { stream_options?: object } = {}
) {
  const answer = await create(adapter, upstream).chat(callOf({ stream: true, ...fields }))
  return collect(answer.events)
}

async function collect(events: AsyncIterable<ChatEvent>): Promise<ChatEvent[]> {
  const all: ChatEvent[] = []
  for await (const event of events) all.push(event)
  return all
}

function summaryOf(events: readonly ChatEvent[]) {
  const summary: Record<string, unknown> & { text: string; reasoning: string } = { text: '', reasoning: '' }
  for (const part of events.flatMap(({ parts }) => parts)) {
    if (part.type === 'text-delta') summary.text += part.text
    else if (part.type === 'reasoning-delta') summary.reasoning += part.text
    else if (part.type === 'finish') summary.finish = part.reason
    else if (part.type === 'usage') summary.usage = part.usage
    else if (part.type === 'served-model') summary.servedModel = part.model
  }
  return summary
}

/** The payloads of a stream as another parser than ours reads them. */
function dataOf(stream: Buffer): string[] {
  const payloads: string[] = []
  createParser({ onEvent: ({ data }) => payloads.push(data) }).feed(stream.toString())
  return payloads
}

function vendorsOf(kind: string): string[] {
  if (!existsSync(fixturesOf(kind))) return []
  return readdirSync(fixturesOf(kind))
    .filter((name) => name.endsWith('.sse'))
    .map((name) => name.slice(0, -'.sse'.length))
    .sort()
}
