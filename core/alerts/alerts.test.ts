import { describe, expect, onTestFinished, test } from 'vitest'
import type { WatchedBudget } from './alert-sources.ts'
import { DAY, HOUR, MINUTE, rule, START, testAlerts } from './alerts.test-support.ts'
import { BUDGET_RULE_ID } from './built-in-rules.ts'

const failed = { status: 'error', cost: { kind: 'unknown' } } as const
const budget: WatchedBudget = {
  id: 'budget-1',
  name: 'All of it',
  scope: { kind: 'all' },
  limitNanoUsd: 10_000_000_000,
  spentNanoUsd: 0,
  period: 'month',
  actions: [{ kind: 'refuse' }],
  paused: false
}

test('before anything is said, five things are watched and nothing is known', async () => {
  const { alerts, pass } = await testAlerts()
  await pass(2)
  expect(alerts.list().map(({ kind, state, builtIn }) => [kind, state, builtIn])).toEqual([
    ['budget', 'unknown', true],
    ['anomaly', 'unknown', true],
    ['error-rate', 'unknown', true],
    ['latency', 'unknown', true],
    ['provider-down', 'unknown', true]
  ])
  expect(alerts.notices(10)).toEqual({ notices: [], unread: 0 })
})

describe('failing calls', () => {
  test('are told once, with the last that failed and what can be done', async () => {
    const { alerts, calls, call, pass, given, stateOf } = await testAlerts()
    await calls(9)
    const traceId = await call(failed)
    await pass(1)
    expect(stateOf('built-in-errors')).toBe('ok')
    const second = await call(failed)
    await pass(3)
    expect(stateOf('built-in-errors')).toBe('alert')
    expect(given).toHaveLength(1)
    expect(given[0]).toMatchObject({
      ruleId: 'built-in-errors',
      kind: 'error-rate',
      state: 'alert',
      title: 'Failing calls: 18 % fail',
      traceId: second,
      steps: [
        { kind: 'pause-key', keyId: 'key-1', label: 'Pause “Editor”' },
        { kind: 'edit-alias', alias: 'fast' },
        { kind: 'open-provider', providerId: 'openai' }
      ]
    })
    expect(traceId).not.toBe(second)
    expect(alerts.notices(10).unread).toBe(1)
  })

  test('of fewer than ten calls are no rate', async () => {
    const { calls, pass, given } = await testAlerts()
    await calls(9, failed)
    await pass(2)
    expect(given).toEqual([])
  })

  test('are over when calls succeed again, which is told too', async () => {
    const { call, calls, pass, given, stateOf } = await testAlerts()
    await calls(10, failed)
    await pass(1)
    await pass(15)
    await calls(20)
    await pass(1)
    const last = await call()
    await pass(5)
    expect(stateOf('built-in-errors')).toBe('ok')
    expect(given.map(({ title, state }) => [title, state])).toEqual([
      ['Failing calls: 100 % fail', 'alert'],
      ['Failing calls: over', 'ok']
    ])
    expect(given[1]).toMatchObject({ traceId: last, steps: [] })
  })
})

describe('spending', () => {
  test('is warned of at four fifths of a limit, then told', async () => {
    const { alerts, call, pass, given, titles } = await testAlerts()
    await alerts.create(rule({ kind: 'cost', threshold: 10_000_000_000, windowMinutes: 1440 }))
    const costing = (nanoUsd: number) => call({ cost: { kind: 'priced', nanoUsd, source: 'test' } })
    const most = await costing(7_999_999_999)
    await pass(1)
    expect(titles()).toEqual([])
    await costing(1)
    await pass(1)
    await costing(2_000_000_000)
    await pass(2)
    expect(titles()).toEqual(['Mine: $8.00 in 24 hours', 'Mine: $10.00 in 24 hours'])
    expect(given.map(({ traceId }) => traceId)).toEqual([most, most])
  })

  test('counts only calls in its scope and its window', async () => {
    const { alerts, call, pass, world, titles } = await testAlerts()
    const cost = { kind: 'priced', nanoUsd: 1_000_000_000, source: 'test' } as const
    await alerts.create(
      rule({
        kind: 'cost',
        threshold: 1_200_000_000,
        scope: { model: 'openai/gpt', app: 'Editor', feature: 'titles' }
      })
    )
    const labels = { feature: 'titles', project: null, session: null }
    await call({ cost, labels, startedAt: world.now - HOUR })
    await call({ cost, labels })
    await call({ cost })
    await call({ cost, labels, providerModel: 'other' })
    await call({ cost, labels, caller: { kind: 'app', id: 'chat', name: 'Chat' } })
    await pass(1)
    expect(titles()).toEqual(['openai/gpt: $1.00 in an hour'])
  })

  test('three times the usual of the hour is unusual, and needs a week to know what is usual', async () => {
    const { call, calls, pass, given, stateOf } = await testAlerts()
    for (let day = 1; day <= 6; day++) await calls(2, { startedAt: START - day * DAY })
    await calls(30)
    await pass(1)
    expect(stateOf('built-in-anomaly')).toBe('unknown')
    await calls(2, { startedAt: START - 7 * DAY })
    const most = await call({ cost: { kind: 'priced', nanoUsd: 2000, source: 'test' } })
    await pass(1)
    expect(given).toMatchObject([
      {
        ruleId: 'built-in-anomaly',
        title: 'Unusual spending: 16.0 times the usual',
        traceId: most,
        steps: [{ kind: 'pause-key', keyId: 'key-1' }, { kind: 'edit-alias' }, { kind: 'open-provider' }]
      }
    ])
  })

  test('is usual by the clock on the wall, also across a change of clocks', async () => {
    const zone = process.env.TZ
    process.env.TZ = 'Europe/Berlin'
    onTestFinished(() => {
      process.env.TZ = zone
      if (zone === undefined) delete process.env.TZ
    })
    const { calls, pass, world, titles } = await testAlerts()
    const summer = (day: number) => Date.parse(`2026-10-${day}T09:30:00+02:00`)
    // the 25th has 25 hours
    world.now = Date.parse('2026-10-26T10:00:00+01:00')
    for (let day = 18; day <= 24; day++) await calls(2, { startedAt: summer(day) })
    // what came an hour later is not the same time, though it would be by UTC
    for (let day = 18; day <= 24; day++) await calls(200, { startedAt: summer(day) + HOUR })
    await calls(20)
    await pass(1)
    expect(titles()).toEqual(['Unusual spending: 10.0 times the usual'])
  })
})

test('a model is slow against itself, not against others', async () => {
  const { call, calls, pass, world, given } = await testAlerts()
  await calls(20, { startedAt: START - DAY, durationMs: 1000 })
  await calls(20, { startedAt: START - DAY, providerModel: 'quick', durationMs: 10 })
  await calls(20, { durationMs: 1400 })
  await pass(1)
  expect(given).toEqual([])
  world.now += HOUR
  await calls(18, { providerModel: 'quick', durationMs: 10 })
  const slow = await call({ providerModel: 'quick', durationMs: 31 })
  await call({ providerModel: 'quick', durationMs: 30 })
  await pass(1)
  expect(given).toMatchObject([{ title: 'openai/quick: 3.0 times as slow as usual', traceId: slow }])
})

describe('a provider', () => {
  const model = { model: 'openai/gpt', state: 'well', calls: 5, failures: 0 } as const

  test('that rests is down until its calls succeed for a while', async () => {
    const { call, pass, world, given, stateOf } = await testAlerts()
    world.models = [model, { ...model, model: 'mistral/small' }]
    await pass(1)
    expect(stateOf('built-in-provider-down')).toBe('ok')
    const traceId = await call(failed)
    world.models = [{ ...model, state: 'resting', calls: 3, failures: 3 }]
    await pass(1)
    // its rest is over, but nothing has succeeded
    world.models = [{ ...model, calls: 3, failures: 3 }]
    await pass(10)
    expect(stateOf('built-in-provider-down')).toBe('alert')
    const back = await call()
    world.models = [{ ...model, calls: 4, failures: 3 }]
    await pass(4)
    expect(given).toHaveLength(1)
    await pass(2)
    expect(stateOf('built-in-provider-down')).toBe('ok')
    expect(given.map(({ title, traceId }) => [title, traceId])).toEqual([
      ['openai does not answer', traceId],
      ['Provider down: over', back]
    ])
    expect(given[0]?.steps).toContainEqual(
      expect.objectContaining({ kind: 'open-provider', providerId: 'openai' })
    )
  })
})

describe('silence', () => {
  test('is told where the person expects calls, with the last one', async () => {
    const { alerts, call, pass, world, given } = await testAlerts()
    const { id } = await alerts.create(
      rule({ kind: 'no-data', threshold: 2, scope: { app: 'Editor' }, name: 'Nightly' })
    )
    await pass(1)
    expect(alerts.list().find((one) => one.id === id)?.state).toBe('unknown')
    const traceId = await call()
    world.now += 2 * HOUR - MINUTE
    await call({ caller: { kind: 'app', id: 'chat', name: 'Chat' } })
    await alerts.evaluate()
    expect(given).toEqual([])
    await pass(1)
    expect(given).toMatchObject([{ state: 'no-data', title: 'Editor: no call for 2 hours', traceId }])
    const next = await call()
    await pass(6)
    expect(given).toMatchObject([{}, { state: 'ok', title: 'Nightly: over', traceId: next }])
  })
})

describe('a budget', () => {
  test('tells at its own percents, with a way to raise it', async () => {
    const { alerts, call, given, pass, world } = await testAlerts()
    await call({ cost: { kind: 'priced', nanoUsd: 6_000_000_000, source: 'test' } })
    const spent = { ...budget, spentNanoUsd: 8_000_000_000 }
    world.budgets = [spent]
    alerts.budgetReached({ budget: spent, percent: 80, traceId: 'a'.repeat(32) })
    alerts.budgetReached({
      budget: { ...spent, spentNanoUsd: 10_000_000_000, scope: { kind: 'app-key', keyId: 'key-1' } },
      percent: 100,
      traceId: 'b'.repeat(32)
    })
    await expect.poll(() => given.length).toBe(2)
    await pass(2)
    expect(given).toMatchObject([
      {
        ruleId: BUDGET_RULE_ID,
        state: 'warning',
        title: 'Budget “All of it”: 80 % used',
        text: '$8.00 of $10.00 this month.',
        traceId: 'a'.repeat(32),
        steps: [
          { kind: 'raise-budget', budgetId: 'budget-1' },
          { kind: 'pause-key', keyId: 'key-1' },
          { kind: 'edit-alias', alias: 'fast' }
        ]
      },
      {
        state: 'alert',
        title: 'Budget “All of it” is used up',
        traceId: 'b'.repeat(32),
        steps: [{ kind: 'raise-budget' }, { kind: 'pause-key', keyId: 'key-1' }, { kind: 'edit-alias' }]
      }
    ])
  })

  test('is told of by a rule about it alone too; once deleted, nothing is known of it', async () => {
    const { alerts, world, pass, titles, stateOf, call } = await testAlerts()
    world.budgets = [{ ...budget, spentNanoUsd: 5_500_000_000 }]
    const { id } = await alerts.create(
      rule({ kind: 'budget', threshold: 50, scope: { budgetId: 'budget-1' } })
    )
    await call()
    await pass(1)
    expect(titles()).toEqual(['Budget “All of it”: 55 % used'])
    expect(stateOf(id)).toBe('warning')
    expect(stateOf(BUDGET_RULE_ID)).toBe('ok')
    world.budgets = [{ ...budget, spentNanoUsd: 8_000_000_000 }]
    await pass(1)
    expect(stateOf(BUDGET_RULE_ID)).toBe('warning')
    world.budgets = [{ ...budget, spentNanoUsd: 10_000_000_000 }]
    await pass(1)
    expect(stateOf(BUDGET_RULE_ID)).toBe('alert')
    world.budgets = []
    await pass(62)
    expect(stateOf(id)).toBe('unknown')
    expect(titles()).toEqual(['Budget “All of it”: 55 % used', 'Budget “All of it”: 100 % used'])
  })

  test('says nothing while alerts of budgets are paused', async () => {
    const { alerts, given, pass } = await testAlerts()
    const [own] = alerts.list()
    const { name, windowMinutes } = own ?? { name: '', windowMinutes: 1 }
    await alerts.update(
      BUDGET_RULE_ID,
      rule({ kind: 'budget', threshold: 100, name, windowMinutes, paused: true })
    )
    alerts.budgetReached({ budget, percent: 100, traceId: null })
    await pass(1)
    expect(given).toEqual([])
    expect(alerts.notices(1).unread).toBe(0)
  })
})

describe('after a restart', () => {
  test('nothing is told twice, and rules are as they were', async () => {
    const { alerts, calls, pass, given, reopen, stateOf } = await testAlerts()
    const { id } = await alerts.create(rule({ kind: 'error-rate', threshold: 5, renotifyMinutes: 60 }))
    const paused = await alerts.create(rule({ kind: 'cost', threshold: 1, paused: true }))
    await calls(10, failed)
    await pass(1)
    expect(given).toHaveLength(2)
    await alerts.close()
    const again = reopen()
    const known = (of: typeof alerts) => of.list().filter(({ state }) => state !== 'unknown')
    expect(known(again)).toEqual(known(alerts))
    expect(known(again)).toHaveLength(3)
    await pass(5, again)
    expect(stateOf(id, again)).toBe('alert')
    expect(stateOf(paused.id, again)).toBe('paused')
    expect(given).toHaveLength(2)
    expect(again.notices(10)).toEqual(alerts.notices(10))
  })
})

describe('a rule', () => {
  test('that is built in can be changed and paused, not deleted nor turned into another', async () => {
    const { alerts, reopen } = await testAlerts()
    const own = rule({ kind: 'error-rate', threshold: 25, paused: true })
    expect(await alerts.update('built-in-errors', own)).toMatchObject({
      threshold: 25,
      state: 'paused',
      builtIn: true
    })
    await expect(alerts.remove('built-in-errors')).rejects.toMatchObject({ code: 'conflict' })
    await expect(alerts.update('built-in-errors', { ...own, kind: 'cost' })).rejects.toMatchObject({
      code: 'bad-request',
      param: 'kind'
    })
    expect(reopen().list()).toEqual(alerts.list())
  })

  test('that is deleted is gone; what it told stays', async () => {
    const { alerts, calls, pass, reopen } = await testAlerts()
    const { id } = await alerts.create(rule({ kind: 'error-rate', threshold: 50, leastCalls: 5 }))
    await calls(5, failed)
    await pass(1)
    await Promise.all([alerts.evaluate(), alerts.remove(id), alerts.evaluate()])
    expect(reopen().list()).toHaveLength(5)
    expect(alerts.notices(10).notices).toMatchObject([{ ruleId: id }])
    await expect(alerts.remove(id)).rejects.toMatchObject({ code: 'not-found' })
    await expect(alerts.update(id, rule({ kind: 'cost', threshold: 1 }))).rejects.toMatchObject({
      code: 'not-found'
    })
  })

  test('that is changed while it is judged is the changed one', async () => {
    const { alerts, calls, reopen } = await testAlerts()
    const { id } = await alerts.create(rule({ kind: 'error-rate', threshold: 50, leastCalls: 5 }))
    await calls(5, failed)
    const judging = alerts.evaluate()
    await alerts.update(id, rule({ kind: 'error-rate', threshold: 60, name: 'Changed' }))
    await judging
    expect(reopen().list().at(-1)).toMatchObject({ name: 'Changed', threshold: 60 })
  })

  test.each([
    ['http://nas.local/hook', /https/],
    ['http://example.com/hook', /https/],
    ['https://169.254.169.254/latest', /no place/],
    ['https://me:secret@example.com/', /password/]
  ])('cannot send to %s', async (webhookUrl, message) => {
    const { alerts } = await testAlerts()
    await expect(alerts.create(rule({ kind: 'cost', threshold: 1, webhookUrl }))).rejects.toMatchObject({
      code: 'bad-request',
      param: 'webhookUrl',
      message: expect.stringMatching(message)
    })
    expect(alerts.list()).toHaveLength(5)
  })

  test('with a webhook sends what it tells, and no more', async () => {
    const { alerts, calls, pass, posted, given } = await testAlerts()
    const webhookUrl = 'https://hooks.example.com/a'
    await alerts.create(rule({ kind: 'error-rate', threshold: 5, webhookUrl, leastCalls: 3 }))
    await calls(3, failed)
    await pass(2)
    const { steps: _, readAt: __, ruleId: ___, ...told } = given[0] ?? { steps: [], readAt: 0, ruleId: '' }
    expect(posted).toEqual([{ url: webhookUrl, body: { type: 'alert', rule: 'Mine', ...told } }])
  })
})

describe('notices', () => {
  test('are read one by one, or all', async () => {
    const { alerts, given, changes } = await testAlerts()
    for (const percent of [50, 80, 100]) alerts.budgetReached({ budget, percent, traceId: null })
    await expect.poll(() => given.length).toBe(3)
    const [newest] = alerts.notices(1).notices
    expect(newest?.title).toMatch(/used up/)
    const before = changes()
    await alerts.markRead(newest?.id ?? '')
    expect(alerts.notices(10)).toMatchObject({
      unread: 2,
      notices: [{ readAt: START }, { readAt: null }, {}]
    })
    await alerts.markRead(null)
    expect(alerts.notices(10).unread).toBe(0)
    expect(changes()).toBe(before + 2)
  })

  test('older than ninety days go', async () => {
    const { alerts, given, world } = await testAlerts()
    alerts.budgetReached({ budget, percent: 80, traceId: null })
    await expect.poll(() => given.length).toBe(1)
    world.now += DAY
    alerts.budgetReached({ budget, percent: 100, traceId: null })
    await expect.poll(() => given.length).toBe(2)
    await alerts.prune(START + 90 * DAY + 1)
    expect(alerts.notices(10).notices.map(({ state }) => state)).toEqual(['alert'])
  })
})
