import { describe, expect, test } from 'vitest'
import { type PriceRow, priceRowSchema } from '../contract/prices.ts'
import { usageOf } from './costs.test-support.ts'
import { createPrices } from './price-call.ts'
import { findPrice, parsePriceTable, readPriceTable } from './price-table.ts'
import { nanoUsdOf } from './price-usage.ts'

const prices = createPrices()
const source = 'models.dev, 2026-07-02'

describe('the cost of a call, worked out by hand', () => {
  test('gpt-4o-mini, 57 tokens in and 60 out', () => {
    // 57 × $0.15/M = 8,550 nano-USD; 60 × $0.60/M = 36,000
    expect(prices.price({ vendor: 'openai' }, 'gpt-4o-mini', usageOf({ noCache: 57, text: 60 }))).toEqual({
      kind: 'priced',
      nanoUsd: 44_550,
      source
    })
  })

  test('gpt-4o with most of its input from the cache is charged once for each token', () => {
    // OpenAI: prompt_tokens 2006, cached_tokens 1920, completion_tokens 300
    // 86 × $2.50/M = 215,000; 1,920 × $1.25/M = 2,400,000; 300 × $10/M = 3,000,000
    const usage = usageOf({ noCache: 86, cacheRead: 1920, text: 300 })
    expect(prices.price({ vendor: 'openai' }, 'gpt-4o-2024-08-06', usage)).toEqual({
      kind: 'priced',
      nanoUsd: 5_615_000,
      source
    })
  })

  test('o3: reasoning is part of the output and is not charged twice', () => {
    // 1,000 × $2/M = 2,000,000; (100 + 900) × $8/M = 8,000,000
    const usage = usageOf({ noCache: 1000, text: 100, reasoning: 900 })
    expect(prices.price({ vendor: 'openai' }, 'o3', usage)).toMatchObject({ nanoUsd: 10_000_000 })
  })

  test('Claude Sonnet 4.5 with cache reads and both kinds of cache writes', () => {
    // Anthropic: input 12, cache read 40,000, 5-minute writes 2,000, 1-hour writes 1,000, output 500
    // 12 × $3/M = 36,000; 40,000 × $0.30/M = 12,000,000; 2,000 × $3.75/M = 7,500,000; 1,000 × $6/M = 6,000,000;
    // 500 × $15/M = 7,500,000
    const usage = usageOf({
      noCache: 12,
      cacheRead: 40_000,
      cacheWrite5m: 2000,
      cacheWrite1h: 1000,
      text: 500
    })
    expect(prices.price({ vendor: 'anthropic' }, 'claude-sonnet-4-5-20250929', usage)).toMatchObject({
      nanoUsd: 33_036_000
    })
  })

  test('Gemini 2.5 Pro costs more for a whole call above 200,000 tokens of input, and not at exactly that', () => {
    const pricing = { vendor: 'google' }
    // 200,000 × $1.25/M + 100 × $10/M
    expect(prices.price(pricing, 'gemini-2.5-pro', usageOf({ noCache: 200_000, text: 100 }))).toMatchObject({
      nanoUsd: 251_000_000
    })
    // 200,001 × $2.50/M + 100 × $15/M
    expect(prices.price(pricing, 'gemini-2.5-pro', usageOf({ noCache: 200_001, text: 100 }))).toMatchObject({
      nanoUsd: 501_502_500
    })
  })

  test('DeepSeek: a cached token costs a fraction of a millionth of a dollar, exactly', () => {
    // 7 × $0.0028/M = 19.6 nano-USD, 1 × $0.28/M = 280
    expect(
      prices.price({ vendor: 'deepseek' }, 'deepseek-chat', usageOf({ cacheRead: 7, text: 1 }))
    ).toMatchObject({ nanoUsd: 300 })
  })

  const rates = { input: 0, cacheRead: 0, cacheWrite5m: 0, cacheWrite1h: 0, output: 0 }
  const row = (changed: Partial<typeof rates>): PriceRow =>
    priceRowSchema.parse({
      vendor: 'v',
      model: 'm',
      rates: { ...rates, ...changed },
      source: 'test',
      date: '2026-01-01'
    })

  test('half a nano-dollar is rounded up, and each component on its own', () => {
    expect(nanoUsdOf(usageOf({ noCache: 1 }), row({ input: 499_999 }))).toBe(0)
    expect(nanoUsdOf(usageOf({ noCache: 1 }), row({ input: 500_000 }))).toBe(1)
    expect(nanoUsdOf(usageOf({ noCache: 1, text: 1 }), row({ input: 500_000, output: 500_000 }))).toBe(2)
  })

  test('stays exact where a product is beyond the integers of a number', () => {
    // 9,999,999 tokens at 600,000,000,001 nano-USD per million: 5,999,999,400,009.999999
    expect(nanoUsdOf(usageOf({ text: 9_999_999 }), row({ output: 600_000_000_001 }))).toBe(5_999_999_400_010)
  })
})

describe('what has no price', () => {
  const usage = usageOf({ noCache: 10, text: 10 })

  test('a model on this machine is free, whatever it used', () => {
    expect(prices.price('free', 'gpt-4o', usage)).toEqual({ kind: 'free' })
    expect(prices.price('free', 'gpt-4o', null)).toEqual({ kind: 'free' })
  })

  test('is unknown without a row, without a price list and without usage', () => {
    expect(prices.price({ vendor: 'openai' }, 'gpt-99', usage)).toEqual({ kind: 'unknown' })
    expect(prices.price({ vendor: 'nobody' }, 'gpt-4o', usage)).toEqual({ kind: 'unknown' })
    expect(prices.price('unknown', 'gpt-4o', usage)).toEqual({ kind: 'unknown' })
    expect(prices.price({ vendor: 'openai' }, 'gpt-4o', null)).toEqual({ kind: 'unknown' })
  })

  test('a model that only begins like a priced one stays unknown', () => {
    expect(prices.covers({ vendor: 'openai' }, 'gpt-4o-imagined')).toBe(false)
    expect(prices.covers({ vendor: 'openrouter' }, 'qwen/qwen3-coder:free')).toBe(false)
  })
})

test('says which models it can price', () => {
  expect(prices.covers('free', 'anything')).toBe(true)
  expect(prices.covers('unknown', 'gpt-4o')).toBe(false)
  expect(prices.covers({ vendor: 'openai' }, 'gpt-4o-mini-2024-07-18')).toBe(true)
  expect(prices.covers({ vendor: 'google' }, 'models/gemini-2.5-flash')).toBe(true)
})

test('reads the table when the first price is asked for, and once', () => {
  let reads = 0
  const readTable = () => {
    reads += 1
    return parsePriceTable({ unit: 'nano-USD per million tokens, nano-USD a piece', vendors: {} })
  }
  const lazy = createPrices({ readTable })
  lazy.price('free', 'm', null)
  expect(reads).toBe(0)
  lazy.covers({ vendor: 'openai' }, 'gpt-4o')
  lazy.covers({ vendor: 'openai' }, 'gpt-4o')
  expect(reads).toBe(1)
})

test('a dated version with a price of its own keeps it', () => {
  const inputOf = (model: string) => findPrice([readPriceTable()], 'openai', model, '2026-08-01')?.rates.input
  expect(inputOf('gpt-4o-2024-05-13')).toBe(5_000_000_000)
  expect(inputOf('gpt-4o-2024-11-20')).toBe(2_500_000_000)
})
