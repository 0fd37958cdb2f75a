import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { type CostQuery, costQuerySchema, costSeriesQuerySchema } from '../contract/costs.ts'
import type { Cost } from '../contract/usage.ts'
import { entryOf, openTestLedger, usageOf } from './costs.test-support.ts'
import { type Costs, openCosts } from './costs.ts'
import type { Ledger } from './ledger.ts'
import type { LedgerEntry } from './ledger-entry.ts'

const zone = process.env.TZ
beforeAll(() => {
  process.env.TZ = 'Europe/Zurich'
})
afterAll(() => {
  if (zone === undefined) delete process.env.TZ
  else process.env.TZ = zone
})

const at = (text: string): number => new Date(text).getTime()
const now = at('2026-11-21T12:00:00')
const none = { feature: null, project: null, session: null }
const unknown: Cost = { kind: 'unknown' }
const priced = (nanoUsd: number): Cost => ({ kind: 'priced', nanoUsd, source: 's' })

let ledger: Ledger
let costs: Costs
const table = (query: Partial<CostQuery> = {}) => costs.table(costQuerySchema.parse(query))
async function book(...calls: Partial<LedgerEntry>[]): Promise<void> {
  await Promise.all(calls.map((call) => ledger.book(entryOf({ startedAt: now, labels: none, ...call }))))
}

beforeEach(async () => {
  const opened = await openTestLedger()
  ledger = opened.ledger
  costs = openCosts({
    store: opened.store,
    names: {
      provider: (id) => (id === 'up' ? 'Upstream' : null),
      appKey: (id) => (id === 'key-1' ? 'Editor, renamed' : null)
    },
    price: ({ model }, { input, output }) =>
      model === 'gpt-4o' ? priced(input.total * 2 + output.total * 10) : unknown,
    onDevicePower: () => ({ watts: 60, source: 'setting' }),
    onDeviceContext: () => 100,
    now: () => now
  })
})

describe('a table of costs', () => {
  test('without a call is empty', () => {
    const { rows, total } = table()
    expect(rows).toEqual([])
    expect(new Set(Object.values(total))).toEqual(new Set([0]))
  })

  test('sums up by model, most expensive first, the unknown and what ran here apart', async () => {
    await book(
      { cost: priced(5) },
      { cost: priced(7), cache: 'miss' },
      { providerModel: 'o3', cost: priced(900_000_000_000) },
      { providerModel: 'rare', cost: unknown },
      { providerId: 'on-device', providerModel: 'tiny', cost: { kind: 'free' }, durationMs: 1500.4 },
      // refused: neither known nor unknown
      { providerModel: 'rare', cost: unknown, usage: null, status: 'error' },
      { providerId: null, providerModel: null, cost: { kind: 'free' }, usage: null, status: 'error' },
      { cache: 'hit', cost: priced(0), savedNanoUsd: 1000 },
      { status: 'aborted', cost: priced(1) }
    )
    const { rows, total, from, until } = table()
    expect({ from, until }).toEqual({ from: '2026-11-01', until: '2026-12-01' })
    expect(rows.map(({ key, label, nanoUsd, calls }) => [key, label, nanoUsd, calls])).toEqual([
      ['up/o3', 'up/o3', 900_000_000_000, 1],
      ['up/gpt-4o', 'up/gpt-4o', 13, 4],
      ['up/rare', 'up/rare', 0, 2],
      [null, 'No model reached', 0, 1],
      ['on-device/tiny', 'on-device/tiny', 0, 1]
    ])
    expect(total).toEqual({
      calls: 9,
      nanoUsd: 900_000_000_013,
      unknownPriceCalls: 1,
      onDeviceCalls: 1,
      onDeviceMs: 1500,
      onDeviceWattHours: 0.025,
      inputTokens: 7 * 37,
      cacheReadTokens: 7 * 20,
      outputTokens: 7 * 11,
      savedNanoUsd: 1000,
      failedCalls: 2
    })
  })

  test.each<[CostQuery['by'], [string | null, string, number][]]>([
    [
      'provider',
      [
        ['up', 'Upstream', 3],
        ['gone', 'gone', 1]
      ]
    ],
    [
      'app',
      [
        ['key-1', 'Editor, renamed', 3],
        ['chat', 'Chat', 1]
      ]
    ],
    [
      'feature',
      [
        [null, 'No feature named', 3],
        ['titles', 'titles', 1]
      ]
    ],
    [
      'project',
      [
        [null, 'No project named', 3],
        ['site', 'site', 1]
      ]
    ],
    [
      'session',
      [
        ['talk', 'talk', 2],
        [null, 'No session named', 2]
      ]
    ],
    [
      'status',
      [
        ['ok', 'ok', 3],
        ['cut', 'cut', 1]
      ]
    ],
    [
      'dialect',
      [
        ['openai-chat', 'openai-chat', 3],
        ['ollama-chat', 'ollama-chat', 1]
      ]
    ]
  ])('knows calls by %s', async (by, wanted) => {
    await book(
      { cost: priced(100), labels: { ...none, session: 'talk' } },
      { cost: priced(100), labels: { ...none, session: 'talk' } },
      { cost: priced(100) },
      {
        cost: priced(1),
        providerId: 'gone',
        caller: { kind: 'app', id: 'chat', name: 'Chat' },
        labels: { ...none, feature: 'titles', project: 'site' },
        status: 'cut',
        dialect: 'ollama-chat'
      }
    )
    expect(table({ by }).rows.map(({ key, label, calls }) => [key, label, calls])).toEqual(wanted)
  })

  test('gives days by the clock of this place, in their order', async () => {
    await book(
      { startedAt: at('2026-11-02T00:00:00') - 1, cost: priced(1) },
      { startedAt: at('2026-11-02T00:00:00'), cost: priced(20) },
      { startedAt: at('2026-11-03T00:00:00') - 1, cost: priced(4) },
      { startedAt: at('2026-12-01T00:00:00'), cost: priced(1000) }
    )
    expect(table({ by: 'day' }).rows.map(({ key, nanoUsd }) => [key, nanoUsd])).toEqual([
      ['2026-11-01', 1],
      ['2026-11-02', 24]
    ])
    expect(table({ from: '2026-11-02', until: '2026-11-03' }).total.nanoUsd).toBe(24)
  })

  test.each<[Partial<CostQuery>]>([
    [{ model: 'other/m/1' }],
    [{ provider: 'other' }],
    [{ app: 'key-2' }],
    [{ app: 'Script' }],
    [{ feature: 'titles' }],
    [{ project: 'site' }]
  ])('narrowed by %o holds only those calls', async (filter) => {
    await book(
      { cost: priced(1) },
      {
        cost: priced(50),
        providerId: 'other',
        providerModel: 'm/1',
        caller: { kind: 'app-key', id: 'key-2', name: 'Script' },
        labels: { feature: 'titles', project: 'site', session: 'talk' }
      }
    )
    for (const by of ['model', 'day', 'session'] as const) {
      const { rows, total } = table({ ...filter, by })
      expect(total).toMatchObject({ calls: 1, nanoUsd: 50 })
      expect(rows).toMatchObject([{ calls: 1, nanoUsd: 50 }])
    }
  })

  test('that is cut to a few rows still has all in its total', async () => {
    await book({ cost: priced(5) }, { cost: priced(7), providerModel: 'o3' })
    const { rows, total } = table({ limit: 1 })
    expect(rows.map(({ key }) => key)).toEqual(['up/o3'])
    expect(total.nanoUsd).toBe(12)
  })

  test('goes by corrected figures', async () => {
    const calls = [entryOf({ startedAt: now, cost: unknown }), entryOf({ startedAt: now, cost: priced(9) })]
    await Promise.all(calls.map((call) => ledger.book(call)))
    await ledger.correct(
      calls.map(({ traceId }) => ({
        traceId,
        cost: { kind: 'priced', nanoUsd: 4, source: 'you' },
        promptCacheSavedNanoUsd: 2
      })),
      now
    )
    expect(table().total).toMatchObject({ nanoUsd: 8, unknownPriceCalls: 0 })
    expect(costs.savings({}).promptCacheNanoUsd).toBe(4)
  })
})

test('a series gives the most expensive apart and the rest as one, step by step', async () => {
  await book(
    { startedAt: at('2026-11-01T10:00:00'), cost: priced(5) },
    { startedAt: at('2026-11-02T10:00:00'), cost: priced(6) },
    { startedAt: at('2026-11-02T11:00:00'), cost: priced(3), providerModel: 'b' },
    { startedAt: at('2026-11-03T11:00:00'), cost: priced(2), providerModel: 'c' },
    { startedAt: at('2026-11-03T11:00:00'), cost: unknown, providerModel: 'd' }
  )
  const query = { from: '2026-11-01', until: '2026-11-04', series: 1 }
  expect(await costs.series(costSeriesQuerySchema.parse(query))).toEqual({
    from: '2026-11-01',
    until: '2026-11-04',
    buckets: ['2026-11-01', '2026-11-02', '2026-11-03'].map((day) => at(`${day}T00:00:00`)),
    series: [
      { key: 'up/gpt-4o', label: 'up/gpt-4o', nanoUsd: [5, 6, 0] },
      { key: null, label: 'Other', nanoUsd: [0, 3, 2] }
    ]
  })
})

test('the forecast goes by whole days since the first call', async () => {
  const days = Array.from({ length: 15 }, (_, index) => index + 6)
  await book(
    ...days.map((day) => ({
      startedAt: at(`2026-11-${String(day).padStart(2, '0')}T18:00:00`),
      cost: priced(1_000_000)
    }))
  )
  expect(await costs.forecast()).toMatchObject({ spentNanoUsd: 15_000_000, expectedNanoUsd: 25_000_000 })
})

describe('savings', () => {
  const local = { providerId: 'on-device', providerModel: 'tiny', cost: { kind: 'free' } as const }

  test('are what caches spared, and what this machine did at the price of the model called most', async () => {
    await book(
      { cache: 'hit', cost: priced(0), savedNanoUsd: 1000, promptCacheSavedNanoUsd: null },
      { promptCacheSavedNanoUsd: -30 },
      { promptCacheSavedNanoUsd: 100 },
      { ...local, usage: usageOf({ noCache: 10, text: 3 }), promptCacheSavedNanoUsd: null },
      { ...local, usage: usageOf({ noCache: 30, cacheRead: 5, text: 4 }), promptCacheSavedNanoUsd: null }
    )
    expect(costs.savings({})).toEqual({
      cacheNanoUsd: 1000,
      promptCacheNanoUsd: 70,
      onDeviceNanoUsd: 45 * 2 + 7 * 10,
      note: expect.stringContaining('up/gpt-4o')
    })
  })

  test('of this machine are not known without a priced model to compare with', async () => {
    await book(local)
    expect(costs.savings({})).toMatchObject({
      onDeviceNanoUsd: null,
      note: expect.stringMatching(/^No model/)
    })
  })
})

test('a thousand calls in any mixture add up to what they cost one by one', async () => {
  const calls = Array.from({ length: 1000 }, (_, index) => ({
    startedAt: now - ((index * 7_919_999) % (19 * 86_400_000)),
    providerModel: `m${index % 7}`,
    status: (['ok', 'error', 'aborted', 'cut'] as const)[index % 4] ?? 'ok',
    labels: { feature: index % 3 ? `f${index % 3}` : null, project: null, session: `s${index % 11}` },
    cost: index % 13 === 0 ? unknown : priced((index * 104_729) % 1_000_003)
  }))
  await book(...calls)
  const one = (cost: Cost): number => (cost.kind === 'priced' ? cost.nanoUsd : 0)
  const sum = calls.reduce((total, { cost }) => total + one(cost), 0)
  for (const by of ['model', 'feature', 'session', 'status', 'day'] as const) {
    const { rows, total } = table({ by })
    expect(total).toMatchObject({ calls: 1000, nanoUsd: sum, unknownPriceCalls: 77 })
    expect(rows.reduce((all, { nanoUsd }) => all + nanoUsd, 0)).toBe(sum)
  }
  const { series } = await costs.series(costSeriesQuerySchema.parse({ bucket: 'hour', series: 3 }))
  expect(series.flatMap(({ nanoUsd }) => nanoUsd).reduce((all, value) => all + value, 0)).toBe(sum)
  expect([...costs.pages(0, now + 1)].flat()).toHaveLength(1000)
})
