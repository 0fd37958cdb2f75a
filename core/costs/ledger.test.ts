import { expect, test } from 'vitest'
import type { Usage } from '../contract/usage.ts'
import { entryOf as entry, openTestLedger } from './costs.test-support.ts'
import type { LedgerEntry } from './ledger-entry.ts'

test('keeps every field of a call', async () => {
  const { store, ledger } = await openTestLedger()
  const booked = entry()
  await ledger.book(booked)
  expect(store.homeport.all('SELECT * FROM ledger')).toEqual([
    {
      trace_id: booked.traceId,
      started_at: 1_800_000_000_000,
      caller_kind: 'app-key',
      caller_id: 'key-1',
      caller_name: 'Editor',
      feature: 'titles',
      project: 'site',
      session: 'talk-1',
      request_hash: Buffer.alloc(16, 7),
      dialect: 'openai-chat',
      stream: 1,
      model: 'up/gpt-4o',
      provider_id: 'up',
      provider_model: 'gpt-4o',
      served_model: 'gpt-4o-2024-08-06',
      status: 'ok',
      input_total: 37,
      input_no_cache: 10,
      input_cache_read: 20,
      input_cache_write_5m: 3,
      input_cache_write_1h: 4,
      output_total: 11,
      output_text: 5,
      output_reasoning: 6,
      group_id: 1,
      input_audio: null,
      input_audio_cache_read: null,
      input_image: null,
      output_audio: null,
      output_image: null,
      tier: 'flex',
      units: '{"webSearches":2}',
      prompt_cache_saved_nano_usd: 70,
      booked_cost_kind: null,
      booked_nano_usd: null,
      booked_price_source: null,
      corrected_at: null,
      cost_kind: 'priced',
      cost_nano_usd: 1000,
      price_source: 'models.dev, 2026-07-02',
      cache: null,
      saved_nano_usd: null,
      duration_ms: 12.345,
      first_token_ms: 3.25
    }
  ])
})

test('missing usage is null and not zero', async () => {
  const { store, ledger } = await openTestLedger()
  await ledger.book(entry({ usage: null, cost: { kind: 'unknown' }, firstTokenMs: null }))
  expect(
    store.homeport.get('SELECT input_total, output_total, cost_nano_usd, first_token_ms FROM ledger')
  ).toEqual({
    input_total: null,
    output_total: null,
    cost_nano_usd: null,
    first_token_ms: null
  })
})

test('a call cannot be booked twice', async () => {
  const { store, ledger } = await openTestLedger()
  const booked = entry()
  await ledger.book(booked)
  await expect(ledger.book({ ...booked, cost: { kind: 'free' } })).rejects.toThrow()
  expect(store.homeport.all('SELECT cost_kind FROM ledger')).toEqual([{ cost_kind: 'priced' }])
})

test('adds up what was spent since a time', async () => {
  const { ledger } = await openTestLedger()
  expect(ledger.spendSince(0)).toEqual({ nanoUsd: 0, calls: 0, unknownPriceCalls: 0 })
  const noon = 1_800_000_000_000
  const none: { usage: Usage | null; cost: LedgerEntry['cost'] } = { usage: null, cost: { kind: 'unknown' } }
  await Promise.all([
    ledger.book(entry({ startedAt: noon - 1 })),
    ledger.book(entry({ startedAt: noon, cost: { kind: 'priced', nanoUsd: 40_000_000_000, source: 's' } })),
    ledger.book(entry({ startedAt: noon + 1, cost: { kind: 'priced', nanoUsd: 2, source: 's' } })),
    ledger.book(entry({ startedAt: noon + 2, cost: { kind: 'free' } })),
    ledger.book(entry({ startedAt: noon + 3, cost: { kind: 'unknown' } })),
    ledger.book(entry({ startedAt: noon + 4, status: 'aborted', ...none }))
  ])
  expect(ledger.spendSince(noon)).toEqual({ nanoUsd: 40_000_000_002, calls: 5, unknownPriceCalls: 2 })
})

test('a call that the upstream refused is not one of unknown price', async () => {
  const { ledger } = await openTestLedger()
  await ledger.book(entry({ status: 'error', usage: null, cost: { kind: 'unknown' } }))
  expect(ledger.spendSince(0)).toEqual({ nanoUsd: 0, calls: 1, unknownPriceCalls: 0 })
})

test('adds up what the cache spared', async () => {
  const { ledger } = await openTestLedger()
  expect(ledger.cacheSavings()).toEqual({ hits: 0, misses: 0, savedNanoUsd: 0 })
  await Promise.all([
    ledger.book(entry()),
    ledger.book(entry({ cache: 'miss' })),
    ledger.book(entry({ cache: 'hit', savedNanoUsd: 1000 })),
    ledger.book(entry({ cache: 'hit', savedNanoUsd: 24 })),
    ledger.book(entry({ cache: 'hit', savedNanoUsd: null }))
  ])
  expect(ledger.cacheSavings()).toEqual({ hits: 3, misses: 1, savedNanoUsd: 1024 })
})

test('a correction counts from then on, and keeps what was booked at first', async () => {
  const { store, ledger } = await openTestLedger()
  const [unknown, priced] = [entry({ cost: { kind: 'unknown' } }), entry()]
  await Promise.all([ledger.book(unknown), ledger.book(priced)])
  const corrected = (traceId: string, nanoUsd: number) => ({
    traceId,
    cost: { kind: 'priced', nanoUsd, source: 'you, 2026-11-21' } as const,
    promptCacheSavedNanoUsd: 3
  })
  await ledger.correct([corrected(unknown.traceId, 5), corrected(priced.traceId, 900)], 77)
  await ledger.correct([corrected(priced.traceId, 800)], 88)
  const columns = 'cost_nano_usd, booked_cost_kind, booked_nano_usd, booked_price_source, corrected_at'
  expect(store.homeport.all(`SELECT ${columns} FROM ledger ORDER BY rowid`)).toEqual([
    {
      cost_nano_usd: 5,
      booked_cost_kind: 'unknown',
      booked_nano_usd: null,
      booked_price_source: null,
      corrected_at: 77
    },
    {
      cost_nano_usd: 800,
      booked_cost_kind: 'priced',
      booked_nano_usd: 1000,
      booked_price_source: 'models.dev, 2026-07-02',
      corrected_at: 88
    }
  ])
  expect(ledger.spendSince(0)).toEqual({ nanoUsd: 805, calls: 2, unknownPriceCalls: 0 })
})

test('what cost nothing is not corrected', async () => {
  const { ledger } = await openTestLedger()
  const free = entry({ cost: { kind: 'free' } })
  const hit = entry({ cache: 'hit', cost: { kind: 'priced', nanoUsd: 0, source: 'cache' } })
  await Promise.all([ledger.book(free), ledger.book(hit)])
  const cost = { kind: 'priced', nanoUsd: 9, source: 's' } as const
  await ledger.correct(
    [free, hit].map(({ traceId }) => ({ traceId, cost, promptCacheSavedNanoUsd: null })),
    77
  )
  expect(ledger.spendSince(0).nanoUsd).toBe(0)
})
