import { getEventListeners } from 'node:events'
import { setTimeout as delay } from 'node:timers/promises'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { HomeportError } from '../errors/homeport-error.ts'
import type { ChatCall, ChatEvent } from '../providers/spec/chat.ts'
import {
  endlessAfter,
  eventsOf,
  finish,
  inputOf,
  pipelineTo,
  providerOf,
  readText,
  settled,
  text
} from './pipeline.test-support.ts'

const role: ChatEvent = { parts: [] }
const named = (id: string, events: (call: ChatCall) => AsyncIterable<ChatEvent>) => ({
  ...providerOf(events),
  id
})
const timeouts = { firstTokenTimeoutMs: 1000, idleTimeoutMs: 400 }
const team = {
  targets: [
    { model: 'a/m', weight: 1 },
    { model: 'b/m', weight: 1 }
  ],
  ...timeouts
}
const alone = { targets: [{ model: 'a/m', weight: 1 }], ...timeouts }
const answer = eventsOf(text('Hello'), finish)

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] })
})
afterEach(() => {
  expect(vi.getTimerCount()).toBe(0)
  vi.useRealTimers()
})

describe('an upstream that does not begin to answer in time', () => {
  test.each([
    ['streamed', true],
    ['plain', false]
  ])('is stopped, and the next one asked (%s)', async (_, stream) => {
    let stopped: unknown = null
    const silent = named('a', (call) => {
      call.signal.addEventListener('abort', () => {
        stopped = call.signal.reason
      })
      return endlessAfter(role)(call)
    })
    const { pipeline } = pipelineTo([silent, named('b', answer)], { aliases: { team } })
    const calling = pipeline.call(inputOf({ model: 'team', stream }))
    await vi.advanceTimersByTimeAsync(1000)
    const result = await calling
    expect(result.model).toBe('b/m')
    expect(await readText(result.events)).toBe('Hello')
    expect(stopped).toMatchObject({ code: 'timeout', status: 504 })
    expect(result.head.warnings.join()).toContain('a/m did not begin to answer within 1 seconds')
  })

  test('is an error of its own where there is no other', async () => {
    const { pipeline, entries } = pipelineTo([named('a', endlessAfter())], { aliases: { alone } })
    const calling = pipeline.call(inputOf({ model: 'alone' }))
    const failing = expect(calling).rejects.toMatchObject({ code: 'timeout', status: 504 })
    await vi.advanceTimersByTimeAsync(1000)
    await failing
    await settled()
    expect(entries).toMatchObject([{ status: 'error', providerId: 'a' }])
  })

  test('has five minutes where nobody said otherwise, and a plain answer ten', async () => {
    const { pipeline } = pipelineTo(providerOf(endlessAfter()))
    for (const [stream, minutes] of [
      [true, 5],
      [false, 10]
    ] as const) {
      let ended = false
      const calling = pipeline.call(inputOf({ stream })).catch(() => {
        ended = true
      })
      await vi.advanceTimersByTimeAsync(minutes * 60_000 - 1)
      expect(ended).toBe(false)
      await vi.advanceTimersByTimeAsync(1)
      await calling
      expect(ended).toBe(true)
    }
  })

  test('has all the time it needs on this machine', async () => {
    const client = new AbortController()
    const { pipeline } = pipelineTo({
      ...providerOf(endlessAfter()),
      onDevice: true,
      listModels: () => [{ id: 'gpt-4o', name: 'gpt-4o', contextTokens: null }]
    })
    const calling = pipeline.call(inputOf({ signal: client.signal })).catch((thrown: unknown) => thrown)
    await vi.advanceTimersByTimeAsync(3_600_000)
    client.abort()
    expect(await calling).toMatchObject({ name: 'AbortError' })
  })
})

describe('an upstream that stops in the middle', () => {
  test('ends as an error, and as cut in the ledger', async () => {
    const { pipeline, entries } = pipelineTo([named('a', endlessAfter(text('Hel'))), named('b', answer)], {
      aliases: { team }
    })
    const { events, done, model } = await pipeline.call(inputOf({ model: 'team' }))
    expect(model).toBe('a/m')
    const reading = expect(readText(events)).rejects.toMatchObject({
      code: 'timeout',
      status: 504,
      message: expect.stringContaining('sent nothing for 0.4 seconds')
    })
    await vi.advanceTimersByTimeAsync(400)
    await reading
    expect(await done).toMatchObject({ status: 'cut', text: 'Hel' })
    await settled()
    expect(entries).toMatchObject([{ status: 'cut', providerId: 'a' }])
  })

  test('is not what a slow reader makes of it', async () => {
    const { pipeline } = pipelineTo([named('a', eventsOf(text('Hel'), text('lo'), finish))], {
      aliases: { alone }
    })
    const { events } = await pipeline.call(inputOf({ model: 'alone' }))
    const reader = events[Symbol.asyncIterator]()
    await reader.next()
    await reader.next()
    await vi.advanceTimersByTimeAsync(10_000)
    expect((await reader.next()).value).toBe(finish)
    expect(await reader.next()).toMatchObject({ done: true })
  })

  test('gets the limit anew with every event', async () => {
    const { pipeline } = pipelineTo(
      [
        named('a', async function* () {
          for (const piece of ['a', 'b', 'c', 'd']) {
            yield text(piece)
            await delayed(300)
          }
        })
      ],
      { aliases: { alone } }
    )
    const { events } = await pipeline.call(inputOf({ model: 'alone' }))
    const reading = readText(events)
    await vi.advanceTimersByTimeAsync(1200)
    expect(await reading).toBe('abcd')
  })
})

const delayed = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms))

describe('a client that leaves', () => {
  const passing = new HomeportError('upstream-failed', 'Busy.', { upstreamStatus: 503, retryable: true })
  const busy = { ...providerOf(eventsOf()), chat: () => Promise.reject(passing) }

  test('ends the pause before the next attempt at once', async () => {
    vi.useRealTimers()
    const client = new AbortController()
    let asked = 0
    const { pipeline, entries } = pipelineTo(
      {
        ...busy,
        chat: () => {
          asked++
          return Promise.reject(new HomeportError('rate-limited', 'Busy.', { retryAfterSeconds: 4 }))
        }
      },
      { pause: (ms, signal) => delay(ms, undefined, { signal }) }
    )
    const calling = pipeline.call(inputOf({ signal: client.signal })).catch((thrown: unknown) => thrown)
    await settled()
    client.abort()
    expect(await calling).toMatchObject({ name: 'AbortError' })
    await settled()
    expect(asked).toBe(1)
    expect(entries).toMatchObject([{ status: 'aborted' }])
    expect(getEventListeners(client.signal, 'abort')).toEqual([])
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
  })

  test('is not followed by another attempt', async () => {
    const client = new AbortController()
    const second = vi.fn(answer)
    const { pipeline, health } = pipelineTo([named('a', endlessAfter()), named('b', second)], {
      aliases: { team }
    })
    const calling = pipeline.call(inputOf({ model: 'team', signal: client.signal })).catch(() => {})
    await settled()
    client.abort()
    await calling
    expect(second).not.toHaveBeenCalled()
    expect(health.list()).toMatchObject([{ model: 'a/m', inFlight: 0, calls: 0, failures: 0 }])
  })

  test('finds no listener left on its signal by calls that are over', async () => {
    const client = new AbortController()
    const { pipeline } = pipelineTo([{ ...busy, id: 'a' }, named('b', answer)], { aliases: { team } })
    for (let call = 0; call < 3; call++) {
      const { events } = await pipeline.call(inputOf({ model: 'team', signal: client.signal }))
      await readText(events)
    }
    expect(getEventListeners(client.signal, 'abort')).toEqual([])
  })
})

test('a thousand calls leave no timer, socket or handle behind', async () => {
  vi.useRealTimers()
  const before = process.getActiveResourcesInfo().length
  const { pipeline } = pipelineTo([named('a', answer), named('b', answer)], { aliases: { team } })
  for (let call = 0; call < 1000; call++) {
    await readText((await pipeline.call(inputOf({ model: call % 2 === 0 ? 'team' : 'a/m' }))).events)
  }
  // other test files of this process may close theirs, or open some, meanwhile
  expect(process.getActiveResourcesInfo().length).toBeLessThan(before + 20)
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
})
