import { describe, expect, it } from 'vitest'
import type { ChatRequest } from '../providers/spec/chat.ts'
import { describeDifficulty, difficultyOf, HARD_FROM } from './difficulty.ts'
import { traitsOf } from './request-traits.ts'

const request = (words: string, more: Partial<ChatRequest> = {}): ChatRequest => ({
  messages: [{ role: 'user', content: [{ type: 'text', text: words }] }],
  output: 'text',
  unmapped: [],
  ...more
})
const scoreOf = (words: string, more: Partial<ChatRequest> = {}, tokens = words.length / 4) =>
  difficultyOf(traitsOf(request(words, more), () => tokens))
const tools = (count: number) =>
  Array.from({ length: count }, (_, at) => ({ name: `t${at}`, parameters: null }))

describe('difficultyOf', () => {
  it.each([
    ['Hello there'],
    ['What is the capital of France?'],
    ['Translate this to German: I design bridges.'],
    ['Summarise the following mail in two sentences.'],
    ['Write a birthday wish for my aunt.']
  ])('takes for easy: %s', (words) => {
    expect(scoreOf(words).score).toBeLessThan(HARD_FROM)
  })

  it.each([
    ['Prove that there are infinitely many primes, step by step.'],
    ['Debug this:\n```ts\nconst a = [1,2].map(x => y)\n```'],
    ['Analyse the trade-offs and refactor:\nfunction f() {\n  return 1;\n}\n'],
    ['Entwirf eine Lösung und begründe sie: \\int_0^1 x^2 dx']
  ])('takes for hard: %s', (words) => {
    expect(scoreOf(words).score).toBeGreaterThanOrEqual(HARD_FROM)
  })

  it.each<[string, number, Partial<ChatRequest>, number]>([
    ['nothing', 0, {}, 10],
    ['a long prompt', 0.15, {}, 5000],
    ['a very long prompt', 0.3, {}, 20_000],
    ['a few tools', 0.15, { tools: tools(2) }, 10],
    ['many tools', 0.3, { tools: tools(8) }, 10],
    ['tools that may not be used', 0, { tools: tools(8), toolChoice: 'none' }, 10],
    ['structured output', 0.1, { output: 'json' }, 10],
    ['reasoning asked for', 0.5, { reasoning: { effort: 'high' } }, 10],
    ['a budget for reasoning', 0.5, { reasoning: { budgetTokens: 16_000 } }, 10],
    ['no reasoning asked for', 0, { reasoning: { effort: 'none' } }, 10]
  ])('%s comes to %d', (_, score, more, tokens) => {
    expect(scoreOf('Hi', more, tokens).score).toBe(score)
  })

  it('counts images and long conversations', () => {
    const turn = { role: 'user' as const, content: [{ type: 'text' as const, text: 'Hi' }] }
    const picture = { type: 'image' as const, source: { kind: 'url' as const, url: 'https://x/y.png' } }
    expect(scoreOf('', { messages: Array.from({ length: 7 }, () => turn) }).score).toBe(0.1)
    expect(scoreOf('', { messages: [{ role: 'user', content: [picture] }] }).score).toBe(0.15)
  })

  it('stays between 0 and 1, and gives all its reasons', () => {
    const most = scoreOf(
      'Prove step by step, debug:\n```\n1. a\n2. b\n3. c\n```',
      { reasoning: { effort: 'xhigh' }, tools: tools(9) },
      99_999
    )
    expect(most.score).toBe(1)
    expect(most.reasons.length).toBeGreaterThan(5)
    expect(scoreOf('Translate: hello', { reasoning: { effort: 'none' } }).score).toBe(0)
  })

  it('can be read', () => {
    expect(describeDifficulty(scoreOf('Hi', { tools: tools(1) }))).toBe('easy, 0.15: tools +0.15')
    expect(describeDifficulty(scoreOf('Translate: hi'))).toBe('easy, 0: a routine task −0.2')
  })
})
