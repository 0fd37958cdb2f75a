import { readdirSync, readFileSync } from 'node:fs'
import { createParser } from 'eventsource-parser'
import { describe, expect, it } from 'vitest'
import { adapterFolders, registryPath, registrySource } from '../../core/providers/generate-registry.ts'
import { adapters } from '../../core/providers/registry.generated.ts'
import type { ChatCall } from '../../core/providers/spec/chat.ts'
import type { ProviderAdapter, ProviderConfig } from '../../core/providers/spec/provider.ts'
import {
  beginStream,
  collect,
  type RecordingUpstream,
  recordingUpstream,
  sendJson,
  sendStream
} from '../support/recording-upstream.ts'
import {
  casesOf,
  filesOf,
  namesOf,
  type ProviderCase,
  providersFolder,
  readAnswerFixtures,
  readErrorFixture,
  summaryOf
} from './provider-cases.ts'
import { MODEL, shapeOf, type WireShape } from './provider-shapes.ts'

// Every adapter against recorded answers of its vendor. What one vendor alone does is tested beside its adapter.

const KEY = 'sk-conformance'

describe('the registry', () => {
  it('is what generate-registry.ts writes', () => {
    expect(readFileSync(registryPath, 'utf8')).toBe(registrySource(adapterFolders()))
  })

  it('holds each kind once, and one of each folder’s name', () => {
    const kinds = adapters.map(({ kind }) => kind)
    expect(new Set(kinds).size).toBe(kinds.length)
    expect(kinds).toEqual(expect.arrayContaining(adapterFolders()))
  })

  it('takes a new provider by its folder alone', () => {
    const before = registrySource(['openai-compatible']).split('\n')
    const after = registrySource(['openai-compatible', 'other-vendor']).split('\n')
    expect(after.filter((line) => !before.includes(line))).toEqual([
      "import { adapters as otherVendor } from './other-vendor/adapter.ts'",
      '  ...openaiCompatible,',
      '  ...otherVendor'
    ])
    const known = ['spec', 'shared', 'generate-registry.ts', 'registry.generated.ts', ...adapterFolders()]
    expect(readdirSync(providersFolder).filter((name) => !known.includes(name))).toEqual([])
  })
})

describe.each(adapterFolders())('the provider %s', (folder) => {
  it('has fixtures beside it: answers plain and streamed, tools and thoughts among them, and a refusal', () => {
    const answers = namesOf(folder, '.expected.json')
    const errors = namesOf(folder, '.error.json')
    const files = [
      ...answers.flatMap((name) => ['expected.json', 'json', 'sse'].map((end) => `${name}.${end}`)),
      ...errors.map((name) => `${name}.error.json`)
    ]
    expect(filesOf(folder)).toEqual(files.sort())
    expect(errors.length).toBeGreaterThan(0)
    const expected = casesOf(folder, '.expected.json').map((each) => readAnswerFixtures(each).expected)
    expect(expected.some(({ toolCalls }) => toolCalls.length > 1)).toBe(true)
    expect(expected.some(({ reasoning, signatures }) => reasoning !== '' || signatures.length > 0)).toBe(true)
  })

  describe.each(casesOf(folder, '.expected.json'))('answering $name', (each) => conforms(each))

  it.each(casesOf(folder, '.error.json'))(
    'throws what the vendor says when it refuses: $name',
    async (each) => {
      const { status, headers, body, expected } = readErrorFixture(each)
      const upstream = await recordingUpstream((response) =>
        sendJson(response, JSON.stringify(body), status, headers)
      )
      const { words, ...fields } = expected
      for (const stream of [false, true]) {
        const [answered] = casesOf(folder, '.expected.json')
        const shape = shapeOf(readAnswerFixtures(answered ?? each).plain.toString())
        await expect(create(each.adapter, upstream).chat(callOf(shape, stream))).rejects.toMatchObject({
          ...fields,
          message: expect.stringContaining(words)
        })
      }
    }
  )
})

function conforms(each: ProviderCase): void {
  const { adapter } = each
  const { plain, stream, expected } = readAnswerFixtures(each)
  const shape = shapeOf(plain.toString())
  const blocks = blocksOf(stream)
  const payloads = blocks.map(({ data }) => data).filter((data) => data !== '[DONE]')
  const summary = {
    ...expected,
    toolCalls: expected.toolCalls.map((call) => ({ id: expect.stringMatching(/./), ...call }))
  }
  const ask = async (upstream: RecordingUpstream, fields: object = {}) =>
    collect((await create(adapter, upstream).chat(callOf(shape, true, fields))).events)

  it('is read plain, and its bytes are handed on', async () => {
    const headers = { 'x-request-id': 'req_1', 'request-id': 'req_1', 'set-cookie': 'a=b' }
    const upstream = await recordingUpstream((response) => sendJson(response, plain, 200, headers))
    const answer = await create(adapter, upstream).chat(callOf(shape, false))
    const events = await collect(answer.events)
    expect(summaryOf(events)).toEqual(summary)
    expect(events.map(({ wire }) => wire)).toEqual([plain.toString()])
    expect(answer).toMatchObject({ wireDialect: shape.dialect, warnings: [] })
    expect(Object.values(answer.headers)).toContain('req_1')
    expect(answer.headers).not.toHaveProperty('set-cookie')
  })

  it.each([1, 17, 4096])('is read as a stream in chunks of %i bytes, and handed on', async (size) => {
    const upstream = await recordingUpstream((response) => {
      beginStream(response, '')
      for (let at = 0; at < stream.length; at += size) response.write(stream.subarray(at, at + size))
      response.end()
    })
    const events = await ask(upstream, { stream_options: { include_usage: true } })
    expect(summaryOf(events)).toEqual(summary)
    expect(events.map(({ wire }) => wire)).toEqual(payloads)
  })

  // only there is usage something that a client asks for
  if (shape.dialect === 'openai-chat')
    it('counts the usage of a stream that the client did not ask for, and withholds it', async () => {
      const events = await ask(await recordingUpstream((response) => sendStream(response, stream)))
      expect(summaryOf(events).usage).toEqual(expected.usage)
      const isUsage = (payload: string) =>
        JSON.parse(payload).choices.length === 0 && JSON.parse(payload).usage
      expect(events.flatMap(({ wire }) => wire ?? [])).toEqual(
        payloads.filter((payload) => !isUsage(payload))
      )
    })

  it('is asked for with the client’s bytes, only what must be set changed, and the key in its header alone', async () => {
    const upstream = await recordingUpstream((response) => sendStream(response, stream))
    const answer = await create(adapter, upstream).chat(callOf(shape, true, {}, shape.body))
    await collect(answer.events)
    const [request] = upstream.requests
    // vendors that send usage unasked are not asked for it
    expect([shape.spliced, shape.spliced.replace(',"stream_options":{"include_usage":true}', '')]).toContain(
      request?.body
    )
    expect(new URL(request?.url ?? '', upstream.origin).pathname.endsWith(shape.path(true))).toBe(true)
    expect(request?.headers['content-type']).toBe('application/json')
    expect(shape.key.some(({ header, prefix }) => request?.headers[header] === prefix + KEY)).toBe(true)
    expect(request?.url).not.toContain(KEY)
  })

  it('throws upstream-failed wherever the stream ends before the answer does', async () => {
    const complete = payloads.findIndex((payload) => shape.completes(JSON.parse(payload)))
    expect(complete).toBeGreaterThanOrEqual(0)
    for (let kept = 0; kept <= complete; kept++) {
      const text = blocks
        .slice(0, kept)
        .map(({ text }) => text)
        .join('')
      for (const ending of ['', 'data: {"id":"x","choices":[{"ind']) {
        const upstream = await recordingUpstream((response) => sendStream(response, text + ending))
        await expect(ask(upstream)).rejects.toMatchObject({
          code: 'upstream-failed',
          message: expect.stringContaining('broke off')
        })
      }
    }
  })

  it.each([false, true])(
    'throws upstream-failed when the connection is cut (stream: %s)',
    async (isStream) => {
      const upstream = await recordingUpstream((response) => {
        const whole = isStream
          ? Buffer.from(
              blocks
                .slice(0, -1)
                .map(({ text }) => text)
                .join('')
            )
          : plain
        response.writeHead(200, { 'content-type': isStream ? 'text/event-stream' : 'application/json' })
        response.write(whole.subarray(0, whole.length / 2), () => response.destroy())
        if (whole.length === 0) response.destroy()
      })
      const asking = create(adapter, upstream)
        .chat(callOf(shape, isStream))
        .then(({ events }) => collect(events))
      await expect(asking).rejects.toMatchObject({
        code: expect.stringMatching(/^upstream-(failed|unreachable)$/)
      })
    }
  )

  it('throws an error that stands in the stream, in the vendor’s words', async () => {
    const [first] = blocks
    for (const text of [shape.error, (payloads.length > 1 ? (first?.text ?? '') : '') + shape.error]) {
      const upstream = await recordingUpstream((response) => sendStream(response, text))
      await expect(ask(upstream)).rejects.toMatchObject({
        code: 'upstream-failed',
        message: expect.stringContaining('Model crashed')
      })
    }
  })

  it('takes no harm from events that are no part of an answer, nor from bytes that are not UTF-8', async () => {
    const odd = Buffer.concat([
      Buffer.from(': comment\n\nevent: execute\ndata: {"type":"execute","code":"'),
      Buffer.from([0xff, 0xc3]),
      Buffer.from('"}\n\nevent: ping\ndata: {"type":"ping"}\n\n')
    ])
    const upstream = await recordingUpstream((response) => sendStream(response, Buffer.concat([odd, stream])))
    expect(summaryOf(await ask(upstream))).toEqual(summary)
  })

  it('closes the upstream at once when it is aborted', async () => {
    const upstream = await recordingUpstream((response) =>
      beginStream(response, stream.subarray(0, stream.length / 2))
    )
    const abort = new AbortController()
    const reason = new Error('stopped')
    const call = { ...callOf(shape, true), signal: abort.signal }
    const reading = collect((await create(adapter, upstream).chat(call)).events)
    abort.abort(reason)
    await expect(reading).rejects.toBe(reason)
    await expect.poll(() => upstream.disconnects()).toBe(1)
  })

  // an answer of one event is over before anybody can leave
  if (payloads.length > 1)
    it('closes the upstream when the reader leaves', async () => {
      const upstream = await recordingUpstream((response) => beginStream(response, blocks[0]?.text ?? ''))
      for await (const _ of (await create(adapter, upstream).chat(callOf(shape, true))).events) break
      await expect.poll(() => upstream.disconnects()).toBe(1)
    })

  it.each([false, true])('says so when a web page answers (stream: %s)', async (isStream) => {
    const upstream = await recordingUpstream((response) => {
      response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' })
      response.end('<h1>Sign in</h1>')
    })
    const asking = create(adapter, upstream).chat(callOf(shape, isStream))
    await expect(asking).rejects.toThrow(/web page|text\/html/)
  })
}

function create(adapter: ProviderAdapter, { origin }: RecordingUpstream) {
  const config: ProviderConfig = {
    id: 'p',
    name: 'P',
    baseUrl: adapter.normalizeBaseUrl(origin),
    models: [],
    pricing: 'unknown',
    options: {},
    key: async () => KEY
  }
  return adapter.create(config)
}

/** A call of a client that speaks the upstream's own dialect. */
function callOf({ dialect, body }: WireShape, stream: boolean, fields: object = {}, text?: string): ChatCall {
  const json = { ...JSON.parse(body), stream, ...fields }
  return {
    model: MODEL,
    stream,
    request: () => ({ messages: [], output: 'text', unmapped: [] }),
    wire: { dialect, body: Buffer.from(text ?? JSON.stringify(json)), json, headers: {} },
    signal: new AbortController().signal
  }
}

/** The events of a stream as another parser than ours reads them, each with the text that sends it again. */
function blocksOf(stream: Buffer): { data: string; text: string }[] {
  const blocks: { data: string; text: string }[] = []
  const onEvent = ({ event, data }: { event?: string | undefined; data: string }) =>
    blocks.push({ data, text: `${event ? `event: ${event}\n` : ''}data: ${data}\n\n` })
  createParser({ onEvent }).feed(stream.toString())
  return blocks
}
