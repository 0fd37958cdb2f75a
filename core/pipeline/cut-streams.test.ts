import { expect, test } from 'vitest'
import { budgetOf, budgetsFolder } from '../budgets/budgets.test-support.ts'
import type { ChatCall, ChatEvent, ChatRequest } from '../providers/spec/chat.ts'
import type { ModelProvider } from '../providers/spec/provider.ts'
import { finish, inputOf, pipelineTo, providerOf, readText, settled, text } from './pipeline.test-support.ts'

/** The first event of each of these is 40 bytes, which count as ten tokens. */
const tenTokens = text('x'.repeat(40))
const PER_TOKEN = 1000

const prompt: ChatRequest = { messages: [], output: 'text', unmapped: [] }
const reported = (input: number, output: number): ChatEvent => ({
  parts: [
    {
      type: 'usage',
      usage: {
        input: { total: input, noCache: input, cacheRead: 0, cacheWrite5m: 0, cacheWrite1h: 0 },
        output: { total: output, text: output, reasoning: 0 }
      }
    }
  ]
})

/** A model that talks until it is stopped, for tokens of equal price; the prompt counts as a hundred. */
async function talking(budgetTokens: number, events: (call: ChatCall) => AsyncIterable<ChatEvent>) {
  const { budgets, ledger } = await budgetsFolder().open()
  await budgets.create(budgetOf({ limitNanoUsd: budgetTokens * PER_TOKEN }))
  const provider: ModelProvider = providerOf(events)
  const made = pipelineTo(provider, {
    budgets,
    ledger,
    estimateTokens: () => 80,
    price: (_pricing, _model, usage) =>
      usage
        ? { kind: 'priced', nanoUsd: (usage.input.total + usage.output.total) * PER_TOKEN, source: 'test' }
        : { kind: 'unknown' }
  })
  const ask = () => made.pipeline.call(inputOf({ request: () => prompt }))
  return { ...made, budgets, ask, spent: () => (budgets.list()[0]?.spentNanoUsd ?? 0) / PER_TOKEN }
}

/** Never ends by itself. */
function endless(stopped: () => void, ...before: ChatEvent[]) {
  return async function* () {
    try {
      yield* before
      for (;;) yield tenTokens
    } finally {
      stopped()
    }
  }
}

test('a stream ends at the limit as one does that is long enough, and its upstream is stopped', async () => {
  let stops = 0
  const { ask, spent, traces, budgets } = await talking(
    2000,
    endless(() => stops++)
  )
  const answer = await ask()
  const parts: string[] = []
  let last: ChatEvent | null = null
  for await (const event of answer.events) {
    parts.push(...event.parts.map(({ type }) => type))
    last = event
  }
  expect(parts.filter((type) => type === 'text-delta')).toHaveLength(191)
  expect(last).toMatchObject({
    isCut: true,
    parts: [{ type: 'usage' }, { type: 'finish', reason: 'length' }]
  })
  expect(stops).toBe(1)
  const outcome = await answer.done
  expect(outcome).toMatchObject({ status: 'ok', finish: 'length', usage: { output: { total: 1910 } } })
  expect(spent()).toBe(2010)
  expect(budgets.list()).toMatchObject([{ reservedNanoUsd: 0 }])
  await settled()
  expect(traces[0]?.warnings).toEqual([
    'budget "Month" was used up in the middle of the answer, which was cut there'
  ])
  expect(traces[0]?.spans.map(({ name }) => name)).toContain('budget')
})

test('what the upstream reports on the way counts in place of what was estimated', async () => {
  const { ask, spent } = await talking(
    2000,
    endless(() => {}, reported(1500, 0))
  )
  const answer = await ask()
  expect(await readText(answer.events)).toHaveLength(510 * 4)
  await answer.done
  expect(spent()).toBe(2010)
})

test('an answer that is over is not cut by the counts that follow it', async () => {
  const { ask, spent } = await talking(2000, async function* () {
    yield tenTokens
    yield finish
    yield reported(100, 3000)
  })
  const answer = await ask()
  expect(await readText(answer.events)).toHaveLength(40)
  expect(await answer.done).toMatchObject({ finish: 'stop', usage: { output: { total: 3000 } } })
  expect(spent()).toBe(3100)
})

test('streams at once end where the money of all of them does', async () => {
  const { ask, spent } = await talking(
    20_000,
    endless(() => {})
  )
  const answers = await Promise.all(Array.from({ length: 10 }, ask))
  await Promise.all(answers.map(({ events }) => readText(events)))
  await Promise.all(answers.map(({ done }) => done))
  // each goes over it by the event that it is cut at
  expect(spent()).toBeGreaterThan(19_000)
  expect(spent()).toBeLessThanOrEqual(20_000 + 10 * 10)
})

test('a stream goes on when its budget is raised, or taken away, while it runs', async () => {
  let sent = 0
  const { ask, budgets, spent } = await talking(2000, async function* () {
    for (; sent < 500; sent++) {
      if (sent === 50) await change()
      yield tenTokens
    }
    yield finish
  })
  const id = budgets.list()[0]?.id ?? ''
  let change = () => budgets.replace(id, budgetOf({ limitNanoUsd: 6000 * PER_TOKEN })).then(() => {})
  const raised = await ask()
  await readText(raised.events)
  expect(await raised.done).toMatchObject({ finish: 'stop' })
  expect(spent()).toBe(0)
  sent = 0
  change = () => budgets.remove(id)
  await budgets.replace(id, budgetOf({ limitNanoUsd: 2000 * PER_TOKEN }))
  const freed = await ask()
  await readText(freed.events)
  expect(await freed.done).toMatchObject({ finish: 'stop' })
})

test('a client that leaves stops the upstream, and nothing is written after it', async () => {
  let stops = 0
  const { ask, budgets } = await talking(
    2000,
    endless(() => stops++)
  )
  const answer = await ask()
  for await (const _ of answer.events) break
  expect(await answer.done).toMatchObject({ status: 'aborted', finish: null })
  expect(stops).toBe(1)
  expect(budgets.list()).toMatchObject([{ reservedNanoUsd: 0 }])
})
