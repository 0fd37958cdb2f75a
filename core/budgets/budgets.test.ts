import { describe, expect, test } from 'vitest'
import type { BudgetScope, SaveBudget } from '../contract/budgets.ts'
import { budgetOf, budgetsFolder, entryOf } from './budgets.test-support.ts'
import type { Estimate, PossibleCall } from './budgets.ts'

const DOLLAR = 1_000_000_000
const priced = (least: number, most = least): Estimate => ({
  kind: 'priced',
  least: least * DOLLAR,
  most: most * DOLLAR
})
const callOf = (estimate: Estimate, changed: Partial<PossibleCall> = {}): PossibleCall => ({
  ...entryOf(''),
  estimate,
  ...changed
})

async function withBudget(changed: Partial<SaveBudget> = {}, now?: () => number) {
  const folder = budgetsFolder(now)
  const opened = await folder.open()
  const { id } = await opened.budgets.create(budgetOf(changed))
  const figures = () => {
    const budget = opened.budgets.list().find((one) => one.id === id)
    return budget && [budget.spentNanoUsd / DOLLAR, budget.reservedNanoUsd / DOLLAR]
  }
  return { ...opened, folder, id, figures }
}

describe('money that is set aside', () => {
  test('is not given to a second call, and comes back when the first is booked', async () => {
    const { budgets, book, figures } = await withBudget()
    budgets.reserve('a', [callOf(priced(6))])
    expect(budgets.barOf(callOf(priced(5)))?.why).toBe('reserved')
    expect(budgets.barOf(callOf(priced(4)))).toBeNull()
    await book(entryOf('a'))
    expect(figures()).toEqual([1, 0])
    expect(budgets.barOf(callOf(priced(9)))).toBeNull()
    expect(budgets.barOf(callOf(priced(10)))?.why).toBe('spent')
  })

  test('is all that is left for a call that may need more', async () => {
    const { budgets, figures } = await withBudget()
    const hold = budgets.reserve('a', [callOf(priced(1, 50))])
    expect(figures()).toEqual([0, 10])
    expect(budgets.barOf(callOf(priced(1)))?.why).toBe('reserved')
    expect(hold.grow(callOf(priced(0)), 10 * DOLLAR)).toBeNull()
    expect(hold.grow(callOf(priced(0)), 10 * DOLLAR + 1)?.definition.name).toBe('Month')
  })

  test('is that of the dearest of those who may answer', async () => {
    const { budgets, figures } = await withBudget()
    budgets.reserve('a', [callOf(priced(2)), callOf(priced(7)), callOf(priced(3)), callOf({ kind: 'free' })])
    expect(figures()).toEqual([0, 7])
  })

  test('is lost with the process, and what was spent is not', async () => {
    const { budgets, book, close, folder } = await withBudget()
    await book(entryOf('a'))
    budgets.reserve('b', [callOf(priced(6))])
    await close()
    const again = await folder.open()
    expect(again.budgets.list()).toMatchObject([{ spentNanoUsd: DOLLAR, reservedNanoUsd: 0 }])
    await again.close()
  })
})

describe('what is spent', () => {
  test('counts calls whose price nobody knows apart, and not those that an upstream refused', async () => {
    const { budgets, book } = await withBudget()
    const before = budgets.list()
    await book(entryOf('a', { cost: { kind: 'unknown' } }))
    await book(entryOf('b', { cost: { kind: 'unknown' }, status: 'error' }))
    await book(entryOf('c', { cost: { kind: 'free' } }))
    expect(budgets.list()).toEqual([{ ...before[0], unknownPriceCalls: 1 }])
    const [fromMemory] = budgets.list()
    budgets.reload()
    expect(budgets.list()).toEqual([fromMemory])
  })

  const scopes: [BudgetScope, string[]][] = [
    [{ kind: 'all' }, ['a', 'b', 'c', 'd']],
    [{ kind: 'provider', providerId: 'openai' }, ['a', 'c', 'd']],
    [{ kind: 'model', model: 'openai/ft:gpt-5/x' }, ['d']],
    [{ kind: 'app-key', keyId: 'key-1' }, ['a', 'b', 'd']],
    [{ kind: 'project', project: 'atlas' }, ['a', 'b']],
    [{ kind: 'feature', feature: 'search' }, ['b']]
  ]
  test.each(scopes)('of %j is the same in memory as in the ledger', async (scope, covered) => {
    const { budgets, book, figures } = await withBudget({ scope })
    const atlas = { feature: null, project: 'atlas', session: null }
    await book(entryOf('a', { labels: atlas }))
    await book(
      entryOf('b', {
        providerId: 'groq',
        labels: { ...atlas, feature: 'search' },
        cost: { kind: 'priced', nanoUsd: 3, source: 'test' }
      })
    )
    await book(entryOf('c', { caller: { kind: 'app', id: 'key-1', name: 'Chat' } }))
    await book(entryOf('d', { providerModel: 'ft:gpt-5/x' }))
    const inMemory = figures()
    budgets.reload()
    expect(figures()).toEqual(inMemory)
    const nano = covered.map((id) => (id === 'b' ? 3 : DOLLAR)).reduce((sum, one) => sum + one, 0)
    expect(inMemory).toEqual([nano / DOLLAR, 0])
  })

  test('begins with calls that are booked and not yet on disk', async () => {
    const { budgets, book } = await withBudget()
    const written = book(entryOf('a'))
    budgets.reload()
    expect(budgets.list()).toMatchObject([{ spentNanoUsd: DOLLAR }])
    await written
  })

  test('begins anew with the period; a call counts where it began', async () => {
    let now = new Date(2026, 10, 21, 23, 59).getTime()
    const { budgets, book, figures } = await withBudget({ period: 'day' }, () => now)
    await book(entryOf('a', { startedAt: now }))
    budgets.reserve('b', [callOf(priced(9))])
    const startedAt = now
    expect(budgets.barOf(callOf(priced(1)))).not.toBeNull()
    now += 120_000
    expect(budgets.barOf(callOf(priced(10)))).toBeNull()
    await book(entryOf('b', { startedAt }))
    expect(figures()).toEqual([0, 0])
    await book(entryOf('c', { startedAt: now }))
    expect(figures()).toEqual([1, 0])
  })
})

describe('a budget', () => {
  test('without actions stops nothing; a paused one neither stops nor tells', async () => {
    const soft = await withBudget({ actions: [] })
    await soft.book(entryOf('a', { cost: { kind: 'priced', nanoUsd: 11 * DOLLAR, source: 'test' } }))
    expect(soft.budgets.barOf(callOf(priced(100)))).toBeNull()
    expect(soft.reached.map(({ percent }) => percent)).toEqual([80, 100])
    const paused = await withBudget({ paused: true })
    expect(paused.budgets.isWatching()).toBe(false)
    await paused.book(entryOf('a', { cost: { kind: 'priced', nanoUsd: 11 * DOLLAR, source: 'test' } }))
    expect(paused.budgets.barOf(callOf(priced(100)))).toBeNull()
    expect(paused.reached).toEqual([])
    expect(paused.figures()).toEqual([11, 0])
  })

  test('never stops a call on this machine, and unknown prices only where the person said so', async () => {
    const { budgets, book } = await withBudget({ unknownPrice: 'refuse' })
    await book(entryOf('a', { cost: { kind: 'priced', nanoUsd: 11 * DOLLAR, source: 'test' } }))
    expect(budgets.barOf(callOf({ kind: 'free' }))).toBeNull()
    expect(budgets.barOf(callOf({ kind: 'unknown' }))?.why).toBe('unknown-price')
    const lenient = await withBudget()
    expect(lenient.budgets.barOf(callOf({ kind: 'unknown' }))).toBeNull()
  })

  test('keeps what is spent and set aside when it is raised, and begins anew when it watches something else', async () => {
    const { budgets, book, id, figures } = await withBudget()
    await book(entryOf('a'))
    budgets.reserve('b', [callOf(priced(9))])
    expect(budgets.barOf(callOf(priced(1)))).not.toBeNull()
    await budgets.replace(id, budgetOf({ limitNanoUsd: 20 * DOLLAR }))
    expect(figures()).toEqual([1, 9])
    expect(budgets.barOf(callOf(priced(10)))).toBeNull()
    await budgets.replace(id, budgetOf({ scope: { kind: 'provider', providerId: 'groq' } }))
    expect(figures()).toEqual([0, 0])
    await budgets.remove(id)
    expect(budgets.list()).toEqual([])
    await expect(budgets.replace(id, budgetOf())).rejects.toMatchObject({ code: 'not-found' })
  })
})

describe('the person is told', () => {
  const costing = (dollars: number) => ({
    cost: { kind: 'priced' as const, nanoUsd: dollars * DOLLAR, source: 'test' }
  })

  test('of each share once a period, also across a restart, with the call that did it', async () => {
    const { reached, book, close, folder } = await withBudget()
    await book(entryOf('a', costing(7)))
    expect(reached).toEqual([])
    await book(entryOf('b', costing(1)))
    await book(entryOf('c', costing(1)))
    expect(reached).toMatchObject([{ percent: 80, traceId: 'b', budget: { name: 'Month' } }])
    await close()
    const again = await folder.open()
    await again.book(entryOf('d', costing(1)))
    expect(again.reached).toMatchObject([{ percent: 100, traceId: 'd' }])
    await again.close()
  })

  test('again in the next period, and when the limit was changed', async () => {
    let now = new Date(2026, 10, 21, 12).getTime()
    const { reached, book, budgets, id } = await withBudget({ period: 'day', warnAt: [50] }, () => now)
    await book(entryOf('a', { startedAt: now, ...costing(5) }))
    await budgets.replace(id, budgetOf({ period: 'day', warnAt: [50], limitNanoUsd: 12 * DOLLAR }))
    await book(entryOf('b', { startedAt: now, ...costing(1) }))
    now += 86_400_000
    await book(entryOf('c', { startedAt: now, ...costing(6) }))
    expect(reached.map(({ traceId }) => traceId)).toEqual(['a', 'b', 'c'])
  })
})
