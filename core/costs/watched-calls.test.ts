import { expect, test } from 'vitest'
import { newTraceId } from '../lib/ids.ts'
import { openWatchedLedger } from './watched-calls.test-support.ts'

const MINUTE = 60_000
const DAY = 24 * 60 * MINUTE
const MIDNIGHT = Date.UTC(2026, 9, 14)

test('sums are exact to the millisecond, wherever a period begins and ends', async () => {
  const { numbers, call } = await openWatchedLedger(MIDNIGHT)
  const times = [0, 1, 14.99, 15, 15.01, 29, 30, 44, 60, 719, 720, 1439, 1440, 1455, 2880].map(
    (minutes) => MIDNIGHT + Math.round(minutes * MINUTE)
  )
  const booked = await Promise.all(
    times.map((startedAt, index) =>
      call({
        startedAt,
        status: index % 3 === 0 ? 'cut' : 'ok',
        cost: { kind: 'priced', nanoUsd: 7 ** (index % 8), source: 'test' }
      })
    )
  )
  const bounds = times.flatMap((time) => [time, time + 1])
  for (const from of bounds)
    for (const until of bounds.filter((time) => time > from)) {
      const inside = booked.filter(({ startedAt }) => startedAt >= from && startedAt < until)
      expect(await numbers.sums({}, { from, until }), `${from}..${until}`).toEqual({
        calls: inside.length,
        failed: inside.filter(({ status }) => status === 'cut').length,
        nanoUsd: inside.reduce((sum, { cost }) => sum + (cost.kind === 'priced' ? cost.nanoUsd : 0), 0)
      })
    }
})

test.each([
  [{}, 5],
  [{ provider: 'openai' }, 4],
  [{ model: 'openai/gpt' }, 3],
  [{ app: 'Editor' }, 4],
  [{ app: 'key-1' }, 4],
  [{ feature: 'titles' }, 1],
  [{ project: 'site' }, 1],
  [{ provider: 'openai', app: 'Chat' }, 0]
])('of %j are %i of five calls, in whole quarters of an hour as at their ends', async (scope, count) => {
  const { numbers, call } = await openWatchedLedger(MIDNIGHT)
  await call()
  await call({ labels: { feature: 'titles', project: 'site', session: null } })
  await call({ providerModel: 'other' })
  await call({ status: 'aborted', cost: { kind: 'unknown' } })
  await call({ providerId: null, providerModel: null, caller: { kind: 'app', id: 'chat', name: 'Chat' } })
  for (const until of [MIDNIGHT + 1, MIDNIGHT + DAY])
    expect(await numbers.sums(scope, { from: MIDNIGHT, until })).toMatchObject({ calls: count })
  expect(await numbers.lastCallAt(scope)).toBe(count === 0 ? null : MIDNIGHT)
})

test('a percentile is by nearest rank, over answers that somebody computed', async () => {
  const { numbers, call } = await openWatchedLedger(MIDNIGHT)
  for (let ms = 1; ms <= 20; ms++) await call({ durationMs: ms, startedAt: MIDNIGHT + ms * 100 * MINUTE })
  await call({ durationMs: 900, status: 'error' })
  await call({ durationMs: 900, cache: 'hit' })
  const period = { from: MIDNIGHT, until: MIDNIGHT + 3 * DAY }
  expect(await numbers.percentileMs({}, period, 0.95, 20)).toBe(19)
  expect(await numbers.percentileMs({}, period, 1, 20)).toBe(20)
  expect(await numbers.percentileMs({}, period, 0.95, 21)).toBeNull()
})

test('models with enough calls are found, also where only the quarters of an hour around the period have them', async () => {
  const { numbers, call } = await openWatchedLedger(MIDNIGHT)
  const at = (minutes: number) => call({ startedAt: MIDNIGHT + minutes * MINUTE })
  await at(15)
  await at(29)
  await call({ startedAt: MIDNIGHT + 20 * MINUTE, status: 'error' })
  await call({ startedAt: MIDNIGHT + 20 * MINUTE, providerId: null, providerModel: null })
  const models = (from: number, until: number, least: number, scope = {}) =>
    numbers.models(scope, { from: MIDNIGHT + from * MINUTE, until: MIDNIGHT + until * MINUTE }, least)
  expect(await models(15, 30, 2)).toEqual(['openai/gpt'])
  expect(await models(16, 20, 2)).toEqual(['openai/gpt'])
  expect(await models(15, 30, 3)).toEqual([])
  expect(await models(0, 15, 1)).toEqual([])
  expect(await models(30, 60, 1)).toEqual([])
  expect(await models(15, 30, 1, { app: 'nobody' })).toEqual([])
})

test('the call behind is the most expensive, the slowest, the last that failed, or the last', async () => {
  const { numbers, call } = await openWatchedLedger(MIDNIGHT)
  const at = (minutes: number) => MIDNIGHT + minutes * MINUTE
  const dear = await call({ cost: { kind: 'priced', nanoUsd: 5000, source: 'test' }, startedAt: at(1) })
  await call({ status: 'error', startedAt: at(2) })
  const failed = await call({ status: 'cut', startedAt: at(3), durationMs: 9999 })
  const slow = await call({
    durationMs: 500,
    startedAt: at(4),
    caller: { kind: 'app', id: 'chat', name: 'Chat' }
  })
  const attempt = await call({ traceId: `${newTraceId()}-1`, startedAt: at(5) })
  const behind = (by: 'cost' | 'duration' | 'failure' | 'newest') =>
    numbers.behind({}, { from: MIDNIGHT, until: at(6) }, by)
  expect(await behind('cost')).toEqual({
    traceId: dear.traceId,
    model: 'fast',
    providerId: 'openai',
    keyId: 'key-1'
  })
  expect(await behind('duration')).toMatchObject({ traceId: slow.traceId, keyId: null })
  expect(await behind('failure')).toMatchObject({ traceId: failed.traceId })
  // an attempt within a call: the call's own trace shows it
  expect(await behind('newest')).toMatchObject({ traceId: attempt.traceId.slice(0, 32) })
  expect(await numbers.behind({ provider: 'none' }, { from: 0, until: at(6) }, 'newest')).toBeNull()
})
