import { describe, expect, test } from 'vitest'
import { silentLogger } from '../../lib/logger.ts'
import { endOf } from '../engine/engine.test-support.ts'
import type { AnswerEnd } from './chat-events.ts'
import { speedOf, UseMeter } from './use-meter.ts'

const answer = (noCache: number, output: number, promptMs: number, outputMs: number): AnswerEnd => {
  const end = endOf(1)
  if (end.type !== 'end') throw new Error('no end')
  const { usage } = end
  return {
    ...end,
    usage: { input: { ...usage.input, noCache }, output: { ...usage.output, total: output } },
    timings: { promptMs, outputMs }
  }
}

describe('what is measured of a model', () => {
  test('is the speed of its answers, and of what was new in their prompts', () => {
    expect(speedOf(answer(100, 50, 200, 1000))).toEqual({
      promptTokensPerSecond: 500,
      outputTokensPerSecond: 50
    })
    expect(speedOf(answer(3, 50, 1, 1000))).toEqual({ outputTokensPerSecond: 50 })
  })

  test('is nothing where an answer was too short to tell, or took no time', () => {
    expect(speedOf(answer(100, 15, 200, 1000))).toEqual({})
    expect(speedOf(answer(100, 50, 0, 0))).toEqual({})
  })

  test('is saved together, the latest of each model', async () => {
    const saved: unknown[] = []
    const save = async (...entry: unknown[]) => void saved.push(entry)
    const meter = new UseMeter({ save, logger: silentLogger, intervalMs: 60_000 })
    meter.answered('a', answer(100, 50, 200, 1000))
    meter.answered('b', answer(100, 100, 200, 1000))
    meter.answered('a', answer(3, 20, 1, 1000))
    meter.used('a')
    expect(saved).toEqual([])
    await meter.flush()
    const lastUsedAt = expect.any(Number)
    expect(saved).toEqual([
      ['a', { lastUsedAt, promptTokensPerSecond: 500, outputTokensPerSecond: 20 }],
      ['b', { lastUsedAt, promptTokensPerSecond: 500, outputTokensPerSecond: 100 }]
    ])
    await meter.flush()
    expect(saved).toHaveLength(2)
  })
})
