import { describe, expect, test } from 'vitest'
import { budgetOf, budgetsFolder } from '../budgets/budgets.test-support.ts'
import type { AnswerCache } from '../cache/answer-cache.ts'
import type { CachedAnswer } from '../cache/cached-answer.ts'
import type { SaveBudget } from '../contract/budgets.ts'
import type { Usage } from '../contract/usage.ts'
import type { ChatCall, ChatEvent } from '../providers/spec/chat.ts'
import type { ModelProvider } from '../providers/spec/provider.ts'
import type { CallInput } from './context.ts'
import {
  finish,
  inputOf,
  type PipelineTo,
  pipelineTo,
  providerOf,
  readText,
  settled,
  text
} from './pipeline.test-support.ts'

const PER_INPUT_TOKEN = 100
const PER_OUTPUT_TOKEN = 1000
const cost = (input: number, output: number) => input * PER_INPUT_TOKEN + output * PER_OUTPUT_TOKEN
const usageOf = (input: number, output: number): Usage => ({
  input: { total: input, noCache: input, cacheRead: 0, cacheWrite5m: 0, cacheWrite1h: 0 },
  output: { total: output, text: output, reasoning: 0 }
})
const reporting = (input: number, output: number): ChatEvent => ({
  parts: [{ type: 'usage', usage: usageOf(input, output) }]
})

/** Answers in one piece, after a moment, and notes what it was asked. */
function upstream(id: string, usage: ChatEvent = reporting(10, 500), changed: Partial<ModelProvider> = {}) {
  const asked: ChatCall[] = []
  const provider: ModelProvider = {
    ...providerOf(async function* (call) {
      asked.push(call)
      await new Promise((resolve) => setTimeout(resolve, Math.random() * 5))
      yield text(`by ${id}`)
      yield finish
      yield usage
    }),
    id,
    ...changed
  }
  return { provider, asked }
}

/** A pipeline that real budgets watch, beside a real ledger. 40 tokens a prompt, so 50 with the margin. */
async function budgeted(providers: ModelProvider[], changed: Partial<SaveBudget>, options: PipelineTo = {}) {
  const { budgets, ledger, reached } = await budgetsFolder().open()
  await budgets.create(budgetOf(changed))
  const made = pipelineTo(providers, {
    budgets,
    ledger,
    estimateTokens: () => 40,
    price: (pricing, _model, usage) => {
      if (pricing === 'free') return { kind: 'free' }
      if (pricing === 'unknown' || !usage) return { kind: 'unknown' }
      return { kind: 'priced', nanoUsd: cost(usage.input.total, usage.output.total), source: 'test' }
    },
    ...options
  })
  const ask = async (input: Partial<CallInput> = {}) => {
    const answer = await made.pipeline.call(
      inputOf({
        stream: false,
        request: () => ({ messages: [], output: 'text', maxTokens: 500, unmapped: [] }),
        ...input
      })
    )
    return { ...answer, text: await readText(answer.events), outcome: await answer.done }
  }
  const figures = () => {
    const [budget] = budgets.list()
    return { spent: budget?.spentNanoUsd, reserved: budget?.reservedNanoUsd }
  }
  return { ...made, budgets, reached, ask, figures }
}

describe('200 calls at once on a budget for 50', () => {
  const worst = cost(50, 500)

  test('never spend more than it allows where the worst of each is known', async () => {
    const { provider, asked } = upstream('up', reporting(50, 500))
    const { ask, figures } = await budgeted([provider], { limitNanoUsd: 50 * worst })
    const ended = await Promise.allSettled(Array.from({ length: 200 }, () => ask()))
    const refused = ended.flatMap((one) => (one.status === 'rejected' ? [one.reason] : []))
    expect(asked).toHaveLength(50)
    expect(refused).toHaveLength(150)
    expect(new Set(refused.map(({ code, status }) => `${code} ${status}`))).toEqual(
      new Set(['rate-limited 429'])
    )
    expect(figures()).toEqual({ spent: 50 * worst, reserved: 0 })
    await expect(ask()).rejects.toMatchObject({ code: 'budget-exceeded', status: 402 })
  })

  test('spend all of it where they ask again, and at most one call more where none sets a limit', async () => {
    const { provider } = upstream('up', reporting(50, 900))
    const limitNanoUsd = 50 * cost(50, 900)
    const { ask, figures } = await budgeted([provider], { limitNanoUsd }, { maxOutputTokens: () => 900 })
    const unlimited = { request: () => ({ messages: [], output: 'text' as const, unmapped: [] }) }
    const persistent = async (): Promise<boolean> => {
      for (;;) {
        try {
          await ask(unlimited)
          return true
        } catch (error) {
          if (!(error instanceof Error && 'retryable' in error && error.retryable)) return false
          await new Promise((resolve) => setTimeout(resolve, 2))
        }
      }
    }
    const ended = await Promise.all(Array.from({ length: 200 }, persistent))
    expect(ended.filter(Boolean)).toHaveLength(50)
    expect(figures()).toEqual({ spent: limitNanoUsd, reserved: 0 })
  })
})

test('calls one after the other overspend by less than one, however wrong the estimates are', async () => {
  const { provider } = upstream('up', reporting(50, 20_000))
  const limitNanoUsd = 50 * cost(50, 8192)
  const { ask, figures } = await budgeted([provider], { limitNanoUsd })
  const unlimited = { request: () => ({ messages: [], output: 'text' as const, unmapped: [] }) }
  for (let round = 0; round < 30; round++) await ask(unlimited).catch(() => {})
  expect(figures().spent).toBeGreaterThan(limitNanoUsd - cost(50, 20_000))
  expect(figures().spent).toBeLessThan(limitNanoUsd + cost(50, 20_000))
})

describe('money that was set aside', () => {
  test('comes back when a call fails, and when the client leaves', async () => {
    const { provider } = upstream('up', undefined, {
      chat: async ({ model, signal }) => {
        if (model === 'broken') throw new Error('broken')
        return new Promise((_, reject) => signal.addEventListener('abort', () => reject(signal.reason)))
      }
    })
    const { ask, figures } = await budgeted([provider], {})
    await expect(ask({ model: 'up/broken' })).rejects.toThrow()
    expect(figures()).toEqual({ spent: 0, reserved: 0 })
    const client = new AbortController()
    const waiting = ask({ signal: client.signal })
    await settled()
    expect(figures().reserved).toBe(cost(50, 500))
    client.abort()
    await expect(waiting).rejects.toThrow()
    expect(figures()).toEqual({ spent: 0, reserved: 0 })
  })

  test('comes back when a kept answer is given, which costs nothing', async () => {
    const { provider, asked } = upstream('up')
    const kept: CachedAnswer = {
      model: 'up/gpt-4o',
      mode: 'plain',
      isWire: false,
      warnings: [],
      events: [text('kept'), finish, reporting(10, 500)]
    }
    const cache: AnswerCache = {
      settings: () => ({ enabled: true, ttlSeconds: 60, maxMegabytes: 1 }),
      find: () => kept,
      findSimilar: async () => null,
      keep: () => {},
      size: () => ({ entries: 1, bytes: 0 }),
      clear: async () => {},
      prune: async () => {}
    }
    const { ask, figures } = await budgeted([provider], {}, { cache })
    expect((await ask()).text).toBe('kept')
    expect((await ask({ stream: true })).text).toBe('kept')
    expect(asked).toEqual([])
    expect(figures()).toEqual({ spent: 0, reserved: 0 })
  })

  test('is spent by failed attempts that reported what they used', async () => {
    const failing = providerOf(async function* () {
      yield reporting(10, 7)
      yield { parts: [{ type: 'finish', reason: 'content-filter' }] }
    })
    const { provider } = upstream('other', reporting(10, 3))
    const { ask, figures } = await budgeted(
      [failing, provider],
      {},
      {
        aliases: {
          safe: {
            fallbackOnRefusal: true,
            targets: [
              { model: 'up/m', weight: 1 },
              { model: 'other/m', weight: 1 }
            ]
          }
        }
      }
    )
    expect((await ask({ model: 'safe' })).text).toBe('by other')
    await settled()
    expect(figures()).toEqual({ spent: cost(20, 10), reserved: 0 })
  })
})

describe('where the budget is used up', () => {
  const tiny = { limitNanoUsd: 1 }
  const here: Partial<ModelProvider> = {
    onDevice: true,
    pricing: 'free',
    listModels: () => [{ id: 'qwen', name: 'Qwen', contextTokens: null }]
  }

  test('a call is refused in words that say by what, and nobody is asked', async () => {
    const { provider, asked } = upstream('up')
    const { ask, traces, entries } = await budgeted([provider], tiny)
    await expect(ask()).rejects.toMatchObject({
      code: 'budget-exceeded',
      status: 402,
      message: expect.stringMatching(/budget "Month" does not pay for this call/)
    })
    await settled()
    expect(asked).toEqual([])
    expect(entries).toEqual([])
    expect(traces[0]?.summary).toMatchObject({ status: 'error', cost: { kind: 'free' }, providerId: null })
    expect(traces[0]?.spans.find(({ name }) => name === 'budget')).toMatchObject({ status: 'error' })
  })

  test('the first action that can be done is: a model that nobody has is passed over', async () => {
    const { provider } = upstream('up')
    const device = upstream('on-device', reporting(10, 10), here)
    const { ask, traces } = await budgeted([provider, device.provider], {
      ...tiny,
      actions: [{ kind: 'use-model', model: 'gone/model' }, { kind: 'on-device' }, { kind: 'refuse' }]
    })
    const answer = await ask()
    expect(answer.text).toBe('by on-device')
    expect(answer.model).toBe('on-device/qwen')
    const said = 'budget "Month" is used up: asked on-device/qwen in place of up/gpt-4o'
    expect(answer.head.warnings).toEqual([said])
    await settled()
    expect(traces[0]?.spans.find(({ name }) => name === 'budget')?.note).toBe(said)
  })

  test('of one model, another is asked, which another budget may bar as well', async () => {
    const { provider } = upstream('up')
    const cheap = upstream('cheap')
    const { ask, budgets } = await budgeted([provider, cheap.provider], {
      ...tiny,
      scope: { kind: 'model', model: 'up/gpt-4o' },
      actions: [{ kind: 'use-model', model: 'cheap/mini' }, { kind: 'refuse' }]
    })
    expect((await ask()).text).toBe('by cheap')
    expect((await ask({ model: 'up/other' })).text).toBe('by up')
    await budgets.create(budgetOf({ ...tiny, scope: { kind: 'provider', providerId: 'cheap' } }))
    await expect(ask()).rejects.toMatchObject({ code: 'budget-exceeded' })
  })

  test("of one provider, the alias's other models are asked", async () => {
    const { provider } = upstream('up')
    const other = upstream('other')
    const { ask } = await budgeted(
      [provider, other.provider],
      { ...tiny, scope: { kind: 'provider', providerId: 'up' } },
      {
        aliases: {
          fast: {
            targets: [
              { model: 'up/a', weight: 1 },
              { model: 'other/b', weight: 1 }
            ]
          }
        }
      }
    )
    expect((await ask({ model: 'fast' })).text).toBe('by other')
  })

  test('models of this machine are asked as ever, tokens are counted, and what is no chat goes to no other model', async () => {
    const device = upstream('on-device', reporting(10, 10), here)
    const { provider } = upstream('up')
    const { ask, figures } = await budgeted([device.provider, provider], {
      ...tiny,
      actions: [{ kind: 'on-device' }]
    })
    expect((await ask({ model: 'on-device/qwen' })).outcome.cost).toEqual({ kind: 'free' })
    expect(figures()).toEqual({ spent: 0, reserved: 0 })
    const perform = async () => ({
      wireDialect: null,
      headers: {},
      warnings: [],
      events: (async function* () {
        yield reporting(0, 0)
      })()
    })
    await ask({ perform, dialect: 'count-tokens' })
    await expect(ask({ perform, dialect: 'openai-embeddings' })).rejects.toMatchObject({
      code: 'budget-exceeded'
    })
  })

  test('an unknown price is refused only where the person said so', async () => {
    const { provider } = upstream('up', undefined, { pricing: 'unknown' })
    const lenient = await budgeted([provider], {})
    expect((await lenient.ask()).outcome.cost).toEqual({ kind: 'unknown' })
    expect(lenient.budgets.list()).toMatchObject([{ spentNanoUsd: 0, unknownPriceCalls: 1 }])
    const strict = await budgeted([provider], { unknownPrice: 'refuse' })
    await expect(strict.ask()).rejects.toMatchObject({ code: 'budget-exceeded' })
  })
})
