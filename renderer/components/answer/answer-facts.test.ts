import { describe, expect, it } from 'vitest'
import { answerFacts } from './answer-facts.ts'

const usage = {
  input: { total: 6102, noCache: 702, cacheRead: 5400, cacheWrite5m: 0, cacheWrite1h: 0 },
  output: { total: 318, text: 318, reasoning: 0 }
}

describe('answerFacts', () => {
  it('says how fast, how much and what it cost', () => {
    const cost = { kind: 'priced', nanoUsd: 11_300_000, source: 'models.dev' } as const
    const facts = answerFacts({ model: 'm', traceId: 't', firstTokenMs: 610, durationMs: 4910, usage, cost })
    expect(facts.map((fact) => fact.text)).toEqual([
      '0.6 s to first token',
      '74 tok/s',
      '$0.0113',
      '318 tokens'
    ])
    expect(facts[3]?.title).toBe('6,102 tokens in, 318 out, 5,400 of the prompt from cache')
  })

  it('leaves out what is not known instead of writing zero', () => {
    const nothing = { firstTokenMs: null, durationMs: null, usage: null }
    expect(answerFacts({ model: 'm', traceId: null, ...nothing, cost: null })).toEqual([])
    expect(answerFacts({ model: 'm', traceId: null, ...nothing, cost: { kind: 'unknown' } })).toEqual([
      { text: 'price unknown' }
    ])
  })
})
