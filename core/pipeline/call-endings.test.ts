import { getEventListeners } from 'node:events'
import { describe, expect, test } from 'vitest'
import { HomeportError } from '../errors/homeport-error.ts'
import { traceIdOf } from '../errors/trace-of-error.ts'
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

const upstreamBrokeOff = () => new HomeportError('upstream-failed', 'The upstream broke off.')

describe('however a call ends, it is traced and booked once', () => {
  test('a stream that breaks off is `cut`, and its reader gets the error', async () => {
    const { pipeline, traces, entries } = pipelineTo(
      providerOf(async function* () {
        yield text('Hel')
        throw upstreamBrokeOff()
      })
    )
    const result = await pipeline.call(inputOf())
    await expect(readText(result.events)).rejects.toThrow('broke off')
    expect(await result.done).toMatchObject({ status: 'cut', text: 'Hel', usage: null })
    await settled()
    expect(entries).toMatchObject([{ status: 'cut', usage: null }])
    expect(traces).toMatchObject([
      { summary: { status: 'cut', errorMessage: 'The upstream broke off.' }, responseBody: 'Hel' }
    ])
    expect(traces[0]?.spans[1]).toMatchObject({
      status: 'error',
      note: 'up, attempt 1 · The upstream broke off.'
    })
  })

  test('a reader that leaves is `aborted`, and the upstream is stopped', async () => {
    let upstream: AbortSignal | undefined
    let cleanedUp = false
    const { pipeline, traces, entries } = pipelineTo(
      providerOf(async function* ({ signal }) {
        upstream = signal
        try {
          yield text('Hel')
          yield text('lo')
        } finally {
          cleanedUp = true
        }
      })
    )
    const result = await pipeline.call(inputOf())
    for await (const _ of result.events) break
    expect(await result.done).toMatchObject({ status: 'aborted', error: null })
    expect(upstream?.aborted).toBe(true)
    expect(cleanedUp).toBe(true)
    await settled()
    expect([entries.length, traces.length]).toEqual([1, 1])
  })

  test('an abort ends a read that is waiting', async () => {
    const client = new AbortController()
    const { pipeline, traces, entries } = pipelineTo(providerOf(endlessAfter(text('Hel'))))
    const result = await pipeline.call(inputOf({ signal: client.signal }))
    const reading = readText(result.events)
    await settled()
    client.abort()
    await expect(reading).rejects.toBe(client.signal.reason)
    expect(await result.done).toMatchObject({ status: 'aborted', error: null, text: 'Hel' })
    await settled()
    expect(entries).toMatchObject([{ status: 'aborted' }])
    expect(traces).toMatchObject([{ summary: { status: 'aborted', errorMessage: null } }])
  })

  test('an abort ends a call whose events were never read', async () => {
    const client = new AbortController()
    const { pipeline, traces, entries } = pipelineTo(providerOf(eventsOf(text('Hel'), finish)))
    const result = await pipeline.call(inputOf({ signal: client.signal }))
    client.abort()
    expect(await result.done).toMatchObject({ status: 'aborted' })
    await expect(readText(result.events)).rejects.toBe(client.signal.reason)
    await settled()
    expect([entries.length, traces.length]).toEqual([1, 1])
  })

  test('an abort in the moment of the first event is not lost', async () => {
    const client = new AbortController()
    const { pipeline } = pipelineTo(
      providerOf(async function* () {
        client.abort()
        yield text('Hel')
      })
    )
    const result = await pipeline.call(inputOf({ signal: client.signal }))
    expect(await result.done).toMatchObject({ status: 'aborted' })
  })

  test('an abort after the last event changes nothing', async () => {
    const client = new AbortController()
    const { pipeline, entries } = pipelineTo(providerOf(eventsOf(text('Hi'), finish)))
    const result = await pipeline.call(inputOf({ signal: client.signal }))
    await readText(result.events)
    client.abort()
    expect(await result.done).toMatchObject({ status: 'ok' })
    await settled()
    expect(entries).toMatchObject([{ status: 'ok' }])
  })

  test('an abort before the first event rejects with its reason', async () => {
    const client = new AbortController()
    const { pipeline, traces, entries } = pipelineTo(providerOf(endlessAfter()))
    const calling = pipeline.call(inputOf({ signal: client.signal }))
    await settled()
    client.abort()
    await expect(calling).rejects.toBe(client.signal.reason)
    await settled()
    expect(entries).toMatchObject([{ status: 'aborted', providerId: 'up' }])
    expect(traces).toMatchObject([{ summary: { status: 'aborted' } }])
  })

  test('a client that left before the call began never reaches the upstream', async () => {
    let asked = false
    const { pipeline, entries } = pipelineTo({
      ...providerOf(eventsOf()),
      chat: async () => {
        asked = true
        throw upstreamBrokeOff()
      }
    })
    await expect(pipeline.call(inputOf({ signal: AbortSignal.abort() }))).rejects.toThrow()
    expect(asked).toBe(false)
    expect(entries).toMatchObject([{ status: 'aborted' }])
  })

  test.each([
    ['refuses the call', async () => Promise.reject(upstreamBrokeOff())],
    [
      'fails before its first event',
      providerOf(async function* () {
        yield* []
        throw upstreamBrokeOff()
      }).chat
    ]
  ])('a provider that %s is an `error` naming its trace', async (_, chat) => {
    const { pipeline, traces, entries } = pipelineTo({ ...providerOf(eventsOf()), chat })
    const error: unknown = await pipeline.call(inputOf()).catch((thrown: unknown) => thrown)
    expect(error).toBeInstanceOf(HomeportError)
    await settled()
    expect(entries).toMatchObject([{ status: 'error', providerId: 'up', usage: null }])
    expect(traces).toMatchObject([{ summary: { status: 'error', errorMessage: 'The upstream broke off.' } }])
    expect(traceIdOf(error)).toBe(traces[0]?.summary.id)
    expect(traces[0]?.spans.at(-2)).toMatchObject({ kind: 'provider', status: 'error' })
  })

  test('a model that nobody serves costs nothing, and is traced', async () => {
    const { pipeline, traces, entries } = pipelineTo(providerOf(eventsOf()))
    await expect(pipeline.call(inputOf({ model: 'nowhere/gpt' }))).rejects.toMatchObject({
      code: 'not-found'
    })
    await settled()
    expect(entries).toMatchObject([{ status: 'error', providerId: null, cost: { kind: 'free' } }])
    expect(traces).toMatchObject([{ summary: { status: 'error', model: 'nowhere/gpt', providerId: null } }])
  })
})

test('1,000 calls of every ending leave one record each and nothing behind on the signal', async () => {
  const client = new AbortController()
  const { pipeline, traces, entries } = pipelineTo(
    providerOf(async function* ({ model }) {
      yield text('Hi')
      if (model === 'cut') throw upstreamBrokeOff()
      yield finish
    })
  )
  const call = (model: string) => pipeline.call(inputOf({ model, signal: client.signal }))
  for (let i = 0; i < 250; i++) {
    await readText((await call('up/ok')).events)
    await readText((await call('up/cut')).events).catch(() => {})
    for await (const _ of (await call('up/left')).events) break
    await call('nowhere/at-all').catch(() => {})
  }
  await settled()
  expect(new Set(entries.map(({ traceId }) => traceId)).size).toBe(1000)
  expect([entries.length, traces.length]).toEqual([1000, 1000])
  expect(getEventListeners(client.signal, 'abort')).toEqual([])
})
