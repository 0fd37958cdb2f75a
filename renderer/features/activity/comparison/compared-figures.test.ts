import { expect, it } from 'vitest'
import { comparedFigures } from './compared-figures.ts'

const usage = {
  input: { total: 1200, noCache: 1200, cacheRead: 0, cacheWrite5m: 0, cacheWrite1h: 0 },
  output: { total: 90, text: 90, reasoning: 0 }
}

it('lays two calls beside each other, figure by figure', () => {
  const cloud = {
    model: 'fast',
    providerId: 'up',
    providerModel: 'gpt',
    status: 'ok',
    durationMs: 2000,
    firstTokenMs: 500,
    usage,
    cost: { kind: 'priced', nanoUsd: 4_200_000, source: 'x' },
    cache: null,
    savedNanoUsd: null
  } as const
  const failed = {
    ...cloud,
    model: 'on-device/qwen',
    providerId: 'on-device',
    providerModel: 'qwen',
    status: 'error',
    firstTokenMs: null,
    usage: null,
    cost: { kind: 'free' }
  } as const
  expect(
    comparedFigures(cloud, failed).map(({ label, left, right }) => `${label}: ${left} | ${right}`)
  ).toEqual([
    'Model: fast → gpt | qwen',
    'Ended: succeeded | failed',
    'Total: 2.00 s | 2.00 s',
    'First token: 0.50 s | –',
    'Speed: 60 tok/s | –',
    'Tokens in: 1,200 | –',
    'Tokens out: 90 | –',
    'Cost: $0.0042 | On-device'
  ])
})
