import type { Token } from 'node-llama-cpp'
import { describe, expect, test } from 'vitest'
import { choose, randomFrom } from './chat-logprobs.ts'

describe('choosing the next token', () => {
  const odds = new Map([0.5, 0.3, 0.15, 0.05].map((probability, id) => [id as Token, probability]))
  const open = { temperature: 1, topK: 0, topP: 1, minP: 0, seed: 1, repeatPenalty: false } as const
  const shares = (sampling: Partial<Parameters<typeof choose>[1]>) => {
    const random = randomFrom(1)
    const counts = [0, 0, 0, 0]
    for (let round = 0; round < 20_000; round += 1) {
      const token = choose(odds, { ...open, ...sampling }, random)
      counts[token] = (counts[token] ?? 0) + 1 / 20_000
    }
    return counts.map((count) => Math.round(count * 50) / 50)
  }

  test('follows the odds', () => {
    expect(shares({})).toEqual([0.5, 0.3, 0.16, 0.04].map((share) => expect.closeTo(share, 1)))
  })

  test.each([
    ['temperature 0', { temperature: 0 }, [1, 0, 0, 0]],
    ['top-k', { topK: 2 }, [0.62, 0.38, 0, 0]],
    ['top-p', { topP: 0.7 }, [0.62, 0.38, 0, 0]],
    ['min-p', { minP: 0.4 }, [0.62, 0.38, 0, 0]],
    ['a low temperature', { temperature: 0.5 }, [0.69, 0.25, 0.06, 0]]
  ])('%s takes the likelier ones', (_, sampling, expected) => {
    const found = shares(sampling)
    for (const [index, share] of expected.entries()) expect(found[index]).toBeCloseTo(share, 1)
  })

  test('is the same for the same seed', () => {
    const [one, two, other] = [randomFrom(5), randomFrom(5), randomFrom(6)]
    const drawn = Array.from({ length: 5 }, one)
    expect(Array.from({ length: 5 }, two)).toEqual(drawn)
    expect(Array.from({ length: 5 }, other)).not.toEqual(drawn)
    for (const number of drawn) expect(number >= 0 && number < 1).toBe(true)
  })
})
