import { describe, expect, test } from 'vitest'
import type { ErrorCode } from '../contract/errors.ts'
import { HomeportError, type HomeportErrorOptions } from '../errors/homeport-error.ts'
import type { ChatCall, ChatEvent } from '../providers/spec/chat.ts'
import type { ModelProvider } from '../providers/spec/provider.ts'
import type { CallInput } from './context.ts'
import {
  endlessAfter,
  eventsOf,
  finish,
  inputOf,
  type PipelineTo,
  pipelineTo,
  providerOf,
  readText,
  settled,
  text,
  usage
} from './pipeline.test-support.ts'

const role: ChatEvent = { parts: [{ type: 'served-model', model: 'm-1' }], wire: 'role' }
const refusal: ChatEvent = { parts: [{ type: 'finish', reason: 'content-filter' }] }
const error = (code: ErrorCode, options: HomeportErrorOptions = {}) =>
  new HomeportError(code, `It failed: ${code}.`, options)

/** A provider that does these one after the other, the last one for good, and notes what it was asked. */
function scripted(id: string, ...steps: (HomeportError | ((call: ChatCall) => AsyncIterable<ChatEvent>))[]) {
  const asked: ChatCall[] = []
  const provider: ModelProvider = {
    ...providerOf(eventsOf()),
    id,
    chat: async (call) => {
      asked.push(call)
      const step = steps.length > 1 ? steps.shift() : steps[0]
      if (!step || step instanceof Error) throw step
      return { wireDialect: null, headers: {}, warnings: [], events: step(call) }
    }
  }
  return { provider, asked }
}

const answering = (id: string, words = 'Hello') => scripted(id, eventsOf(role, text(words), finish, usage))
const failingWith = (id: string, thrown: HomeportError) => scripted(id, thrown)

/** Yields these, then throws. */
const thenThrows = (thrown: Error, ...events: ChatEvent[]) =>
  async function* () {
    yield* events
    throw thrown
  }

function routed(
  providers: { provider: ModelProvider }[],
  alias: NonNullable<PipelineTo['aliases']>[string] = {},
  options: PipelineTo = {}
) {
  const made = pipelineTo(
    providers.map(({ provider }) => provider),
    {
      aliases: {
        team: {
          targets: providers.map(({ provider }) => ({ model: `${provider.id}/m`, weight: 1 })),
          ...alias
        }
      },
      ...options
    }
  )
  const call = async (input: Partial<CallInput> = {}) => {
    const result = await made.pipeline.call(inputOf({ model: 'team', ...input }))
    const words = await readText(result.events)
    const outcome = await result.done
    await settled()
    return { ...result, words, outcome }
  }
  return { ...made, call }
}

const causes: [string, HomeportError][] = [
  ['an error of the upstream', error('upstream-failed', { upstreamStatus: 500, retryable: true })],
  ['a rate limit', error('rate-limited', { upstreamStatus: 429, retryable: true, retryAfterSeconds: 60 })],
  ['an upstream that is not there', error('upstream-unreachable', { retryable: true })],
  ['a connection that broke after the request was sent', error('upstream-unreachable')],
  ['a refused key', error('upstream-failed', { upstreamStatus: 401 })],
  ['a forbidden model', error('upstream-failed', { upstreamStatus: 403 })],
  ['an empty account', error('upstream-failed', { upstreamStatus: 402 })],
  ['a model that is gone', error('not-found', { upstreamStatus: 404 })],
  ['a prompt that is too long', error('context-overflow', { upstreamStatus: 400 })],
  ['an answer that is none', error('upstream-failed')],
  ['an engine that stopped', error('engine-failed', { retryable: true })],
  ['a timeout of the upstream', error('upstream-failed', { upstreamStatus: 504, retryable: true })]
]

describe.each([
  ['streamed', true],
  ['plain', false]
])('a %s call falls back', (_, stream) => {
  test.each(causes)('on %s', async (_cause, thrown) => {
    const first = failingWith('a', thrown)
    const { call, pauses, entries } = routed([first, answering('b')])
    const { words, model } = await call({ stream })
    expect(words).toBe('Hello')
    expect(model).toBe('b/m')
    expect(first.asked).toHaveLength(1)
    expect(pauses).toEqual([])
    expect(entries).toMatchObject([{ providerId: 'b', providerModel: 'm', model: 'team', status: 'ok' }])
  })

  test('on a failure at the first event', async () => {
    const { call } = routed([scripted('a', thenThrows(error('upstream-failed'))), answering('b')])
    expect(await call({ stream })).toMatchObject({ words: 'Hello', model: 'b/m' })
  })

  test('on what nobody foresaw, which is logged all the same', async () => {
    const logged: unknown[] = []
    const note = (fields: unknown) => void logged.push(fields)
    const { call } = routed(
      [scripted('a', thenThrows(new TypeError('cannot read "my secret prompt"'))), answering('b')],
      {},
      { logger: { debug: note, info: note, warn: note, error: note } }
    )
    expect((await call({ stream })).model).toBe('b/m')
    expect(JSON.stringify(logged)).toContain('routed-calls.test')
    expect(JSON.stringify(logged)).not.toContain('secret')
  })

  test('on a refusal by content policy, when the alias wants it', async () => {
    const thrown = failingWith('a', error('content-refused', { upstreamStatus: 400 }))
    const silent = scripted('b', eventsOf(role, refusal, usage))
    const { call } = routed([thrown, silent, answering('c')], { fallbackOnRefusal: true })
    expect(await call({ stream })).toMatchObject({ words: 'Hello', model: 'c/m' })
  })

  test('not on a refusal, when the alias does not', async () => {
    const { call } = routed([scripted('a', eventsOf(role, refusal)), answering('b')])
    expect(await call({ stream })).toMatchObject({
      words: '',
      model: 'a/m',
      outcome: { finish: 'content-filter' }
    })
    const refused = routed([failingWith('a', error('content-refused')), answering('b')])
    await expect(refused.call({ stream })).rejects.toMatchObject({ code: 'content-refused' })
  })

  test.each(['bad-request', 'too-large', 'unsupported-media-type'] as const)(
    'never on %s, which is the client’s own',
    async (code) => {
      const second = answering('b')
      const { call, health } = routed([failingWith('a', error(code, { upstreamStatus: 400 })), second])
      await expect(call({ stream })).rejects.toMatchObject({ code, retriedInVain: false })
      expect(second.asked).toEqual([])
      expect(health.list()).toMatchObject([{ model: 'a/m', state: 'well', failures: 0 }])
    }
  )

  test('and says so when the attempt before may have been billed', async () => {
    const { call, traces } = routed([failingWith('a', error('upstream-failed')), answering('b')])
    const { head } = await call({ stream })
    expect(head.warnings).toEqual([
      'asked again after: It failed: upstream-failed. That attempt may have been billed'
    ])
    expect(traces[0]?.warnings).toEqual(head.warnings)
  })

  test('without a word when it cannot have been', async () => {
    const { call } = routed([
      failingWith('a', error('upstream-failed', { upstreamStatus: 503, retryable: true })),
      answering('b')
    ])
    expect((await call({ stream })).head.warnings).toEqual([])
  })
})

describe('output that was shown', () => {
  const broken = error('upstream-failed')

  test('is never followed by another model’s', async () => {
    const second = answering('b')
    const { call, entries } = routed([scripted('a', thenThrows(broken, role, text('Hel'))), second])
    await expect(call()).rejects.toBe(broken)
    await settled()
    expect(second.asked).toEqual([])
    expect(entries).toMatchObject([{ providerId: 'a', status: 'cut' }])
    expect(broken.retriedInVain).toBe(false)
  })

  test.each<[string, ChatEvent['parts']]>([
    ['reasoning', [{ type: 'reasoning-delta', text: 'Hm' }]],
    ['a tool call', [{ type: 'tool-call-start', index: 0, id: 'c', name: 'f' }]],
    ['a picture', [{ type: 'media', mediaType: 'image/png', data: 'AA==' }]]
  ])('may be %s', async (_, parts) => {
    const second = answering('b')
    const { call } = routed([scripted('a', thenThrows(broken, { parts })), second])
    await expect(call()).rejects.toBe(broken)
    expect(second.asked).toEqual([])
  })

  test('is not what precedes it: that is held back, and handed on in order when it comes', async () => {
    const { call } = routed([scripted('a', thenThrows(broken, role, { parts: [] })), answering('b')])
    expect(await call()).toMatchObject({ words: 'Hello', model: 'b/m' })
    const { pipeline } = routed([answering('a'), answering('b')])
    const { events } = await pipeline.call(inputOf({ model: 'team' }))
    const wires: (string | undefined)[] = []
    for await (const { wire } of events) wires.push(wire)
    expect(wires).toEqual(['role', undefined, undefined, undefined])
  })

  test('is nothing that a lone model waits for: its first event is handed on at once', async () => {
    const { pipeline } = routed([scripted('a', endlessAfter(role))])
    const client = new AbortController()
    const { events } = await pipeline.call(inputOf({ model: 'team', signal: client.signal }))
    const reader = events[Symbol.asyncIterator]()
    expect((await reader.next()).value).toBe(role)
    client.abort()
  })

  test('of a plain answer that is cut in the middle was none, but is not asked for again in silence', async () => {
    const first = scripted('a', thenThrows(broken))
    const alone = routed([first])
    await expect(alone.call({ stream: false })).rejects.toBe(broken)
    expect(first.asked).toHaveLength(1)
  })
})

describe('a model that fails alone', () => {
  const passing = () => error('upstream-failed', { upstreamStatus: 503, retryable: true })

  test('is asked again, at most twice, after pauses with full jitter', async () => {
    const { provider, asked } = scripted('a', passing())
    const { call, pauses } = routed([{ provider }])
    await expect(call()).rejects.toMatchObject({ code: 'upstream-failed', retriedInVain: true })
    expect(asked).toHaveLength(3)
    expect(pauses).toEqual([250, 500])
  })

  test('answers when it is asked again, and the waterfall shows both attempts', async () => {
    const { call, traces } = routed([scripted('a', passing(), eventsOf(text('Hello'), finish))])
    expect((await call()).words).toBe('Hello')
    const spans = traces[0]?.spans.filter(({ kind }) => kind === 'provider')
    expect(spans?.map(({ status, note }) => [status, note])).toEqual([
      ['error', 'a, attempt 1 · It failed: upstream-failed.'],
      ['ok', 'a, attempt 2 · stop']
    ])
  })

  test('is waited for as long as it says', async () => {
    const limited = error('rate-limited', { upstreamStatus: 429, retryable: true, retryAfterSeconds: 3 })
    const { call, pauses } = routed([scripted('a', limited, eventsOf(text('Hello')))])
    expect((await call()).words).toBe('Hello')
    expect(pauses[0]).toBeGreaterThan(3000)
    expect(pauses[0]).toBeLessThan(3500)
  })

  test.each([
    ['a program', 'app-key', 5],
    ["Homeport's own chat", 'app', 20]
  ] as const)('is not waited for on behalf of %s when it says to wait longer', async (_, kind, seconds) => {
    const limitedFor = (retryAfterSeconds: number) =>
      error('rate-limited', { upstreamStatus: 429, retryable: true, retryAfterSeconds })
    const asking = (thrown: HomeportError) => {
      const { call, pauses } = routed([scripted('a', thrown, eventsOf(text('Hello')))])
      return { answer: call({ caller: { kind, id: 'id', name: 'Name' } }), pauses }
    }
    const longer = asking(limitedFor(seconds + 1))
    await expect(longer.answer).rejects.toMatchObject({
      retryAfterSeconds: seconds + 1,
      retriedInVain: false
    })
    expect(longer.pauses).toEqual([])
    const shorter = asking(limitedFor(seconds - 1))
    expect((await shorter.answer).words).toBe('Hello')
    expect(shorter.pauses).toHaveLength(1)
  })

  test('is not waited for longer than 20 seconds in all', async () => {
    const limited = error('rate-limited', { upstreamStatus: 429, retryable: true, retryAfterSeconds: 11 })
    const { call, pauses } = routed([scripted('a', limited)])
    await expect(call({ caller: { kind: 'app', id: 'chat', name: 'Chat' } })).rejects.toBe(limited)
    expect(pauses).toHaveLength(1)
  })

  test.each([
    ['a request that may have arrived', error('upstream-unreachable')],
    ['an answer that broke off', error('upstream-failed')],
    ['a gateway that gave up waiting', error('upstream-failed', { upstreamStatus: 504, retryable: true })],
    ['a refused key', error('upstream-failed', { upstreamStatus: 401 })],
    ['a model it does not have', error('not-found', { upstreamStatus: 404 })]
  ])('is not asked again after %s', async (_, thrown) => {
    const { provider, asked } = scripted('a', thrown)
    await expect(routed([{ provider }]).call()).rejects.toBe(thrown)
    expect(asked).toHaveLength(1)
  })

  test('is asked once only while it rests after failures', async () => {
    const { provider, asked } = scripted('a', passing())
    const { call } = routed([{ provider }])
    await call().catch(() => {})
    asked.length = 0
    await call().catch(() => {})
    expect(asked).toHaveLength(1)
  })
})

test('programs are told to try again where all that is left is a long wait', async () => {
  const limited = () => error('rate-limited', { upstreamStatus: 429, retryable: true, retryAfterSeconds: 7 })
  const { call, pauses } = routed([failingWith('a', limited()), failingWith('b', limited())])
  await expect(call()).rejects.toMatchObject({ retryAfterSeconds: 7, retriedInVain: false })
  expect(pauses).toEqual([])
})

test('four attempts are made in all, over however many models', async () => {
  const passing = error('upstream-failed', { upstreamStatus: 500, retryable: true })
  const models = ['a', 'b', 'c', 'd', 'e'].map((id) => failingWith(id, passing))
  const { call } = routed(models)
  await expect(call()).rejects.toMatchObject({ retriedInVain: true })
  expect(models.map(({ asked }) => asked.length)).toEqual([1, 1, 1, 1, 0])
})

test('who failed before is asked last', async () => {
  const first = failingWith('a', error('upstream-failed', { upstreamStatus: 401 }))
  const { call } = routed([first, answering('b')])
  await call()
  await call()
  expect(first.asked).toHaveLength(1)
})

test('what a failed attempt reported is booked too', async () => {
  const { call, entries } = routed([
    scripted('a', thenThrows(error('upstream-failed'), role, usage)),
    answering('b')
  ])
  const { traceId } = await call()
  expect(entries).toMatchObject([
    { traceId, providerId: 'b', status: 'ok' },
    {
      traceId: `${traceId}-1`,
      providerId: 'a',
      servedModel: 'm-1',
      status: 'error',
      usage: { input: { total: 10 } },
      cost: { kind: 'priced' }
    }
  ])
})

test('the resolve span says who was chosen and why', async () => {
  const { call, traces } = routed([answering('a'), answering('b')])
  await call()
  expect(traces[0]?.spans[0]).toMatchObject({
    name: 'resolve',
    note: 'team asks in the order of its list: a/m (first of the list), then b/m (next of the list)'
  })
})

test('a trace keeps the choice, who answered after it, and every attempt with its reason', async () => {
  const { call, traces } = routed([scripted('a', thenThrows(error('upstream-failed'))), answering('b')])
  await call()
  expect(traces).toMatchObject([
    {
      summary: { model: 'team', providerId: 'b', providerModel: 'm' },
      route: {
        why: 'team asks in the order of its list',
        order: [
          { model: 'a/m', why: 'first of the list' },
          { model: 'b/m', why: 'next of the list' }
        ],
        leftOut: [],
        difficulty: null
      }
    }
  ])
  const attempts = traces[0]?.spans.filter(({ kind }) => kind === 'provider')
  expect(attempts).toMatchObject([
    { status: 'error', note: `a, attempt 1 · ${error('upstream-failed').message}` },
    { status: 'ok', note: expect.stringMatching(/^b, attempt 2/) }
  ])
})

test('a model that was asked for by its name was not chosen', async () => {
  const { call, traces } = routed([answering('a')])
  await call({ model: 'a/m' })
  expect(traces).toMatchObject([{ route: null, spans: [{ name: 'resolve', note: 'a/m' }, {}, {}] }])
})

test('a request that must stay on this machine goes nowhere else', async () => {
  const here = answering('on-device')
  Object.assign(here.provider, { onDevice: true })
  const away = answering('a')
  const { call } = routed([away, here])
  expect((await call({ onDeviceOnly: true })).model).toBe('on-device/m')
  expect(away.asked).toEqual([])
  await expect(call({ model: 'a/m', onDeviceOnly: true })).rejects.toMatchObject({
    code: 'not-allowed',
    status: 403,
    param: 'model'
  })
  await expect(routed([away]).call({ onDeviceOnly: true })).rejects.toMatchObject({ code: 'not-allowed' })
  expect(away.asked).toEqual([])
})

describe('a provider with several keys', () => {
  const limited = error('rate-limited', { upstreamStatus: 429, retryable: true, retryAfterSeconds: 60 })
  const refused = error('upstream-failed', { upstreamStatus: 401 })
  const keyed = (...keys: { provider: ModelProvider }[]) =>
    pipelineTo(keys.map(({ provider }) => provider).slice(0, 1), {
      seats: { up: keys.map(({ provider }) => provider) }
    })

  test('uses them in turn', async () => {
    const keys = [answering('up'), answering('up'), answering('up')]
    const { pipeline } = keyed(...keys)
    for (let call = 0; call < 6; call++) await readText((await pipeline.call(inputOf())).events)
    expect(keys.map(({ asked }) => asked.length)).toEqual([2, 2, 2])
  })

  test.each([
    ['limited', limited],
    ['refused', refused]
  ])('goes on with the next when one is %s, and lets that one rest', async (_, thrown) => {
    const bad = failingWith('up', thrown)
    const good = answering('up')
    const { pipeline, pauses } = keyed(bad, good)
    for (let call = 0; call < 4; call++) {
      expect(await readText((await pipeline.call(inputOf())).events)).toBe('Hello')
    }
    expect(bad.asked).toHaveLength(1)
    expect(pauses).toEqual([])
  })

  test('does not try the others when the server itself fails', async () => {
    const down = error('upstream-unreachable')
    const other = answering('up')
    const { pipeline } = keyed(failingWith('up', down), other)
    await expect(pipeline.call(inputOf())).rejects.toBe(down)
    expect(other.asked).toEqual([])
  })
})
