import { describe, expect, test } from 'vitest'
import type { AlertState } from './alert-kinds.ts'
import { CALM_MS, nextStanding, type Occasion, type Standing, unjudged } from './standing.ts'

const MINUTE = 60_000
const errors = {
  kind: 'error-rate',
  threshold: 10,
  windowMinutes: 15,
  renotifyMinutes: 0,
  paused: false
} as const
const cost = { ...errors, kind: 'cost', threshold: 1000 } as const
const silence = { ...errors, kind: 'no-data', threshold: 2 } as const

type Rule = Parameters<typeof nextStanding>[0]
const at = (state: AlertState, more: Partial<Standing> = {}): Standing => ({
  state,
  since: 0,
  value: null,
  toldAt: state === 'warning' || state === 'alert' || state === 'no-data' ? 0 : null,
  calmSince: null,
  ...more
})

/** One value a minute; `null`: nothing could be measured. */
function run(rule: Rule, values: (number | null)[], from: Standing = unjudged(0)) {
  let standing = from
  const states: AlertState[] = []
  const told: [minute: number, Occasion][] = []
  for (const [index, value] of values.entries()) {
    const step = nextStanding(rule, standing, value, (index + 1) * MINUTE)
    standing = step.standing
    states.push(standing.state)
    if (step.occasion) told.push([index + 1, step.occasion])
  }
  return { standing, states, told }
}
const minutes = (count: number, value: number | null) => Array.from({ length: count }, () => value)

test.each<[string, Rule, AlertState, number | null, AlertState, Occasion | null]>([
  ['unknown stays so without a value', errors, 'unknown', null, 'unknown', null],
  ['unknown becomes ok', errors, 'unknown', 0, 'ok', null],
  ['unknown becomes an alert', errors, 'unknown', 11, 'alert', 'begun'],
  ['unknown becomes a warning', cost, 'unknown', 800, 'warning', 'begun'],
  ['ok stays ok at a threshold that has to be passed', errors, 'ok', 10, 'ok', null],
  ['ok becomes an alert at a limit that is reached', cost, 'ok', 1000, 'alert', 'begun'],
  ['ok becomes a warning', cost, 'ok', 999, 'warning', 'begun'],
  ['ok becomes silence', silence, 'ok', 2, 'no-data', 'begun'],
  ['a warning gets worse', cost, 'warning', 1000, 'alert', 'worse'],
  ['a warning stays one', cost, 'warning', 850, 'warning', null],
  ['an alert stays one', errors, 'alert', 50, 'alert', null],
  ['an alert is not over at once', errors, 'alert', 0, 'alert', null],
  ['silence is not over at once', silence, 'no-data', 0, 'no-data', null],
  ['a pause that ended is judged anew', errors, 'paused', 0, 'ok', null],
  ['a pause that ended tells what it finds', errors, 'paused', 50, 'alert', 'begun'],
  ['ok can be paused', { ...errors, paused: true }, 'ok', 50, 'paused', null],
  ['an alert can be paused', { ...errors, paused: true }, 'alert', 50, 'paused', null]
])('%s', (_, rule, before, value, state, occasion) => {
  const step = nextStanding(rule, at(before), value, MINUTE)
  expect({ state: step.standing.state, occasion: step.occasion }).toEqual({ state, occasion })
})

describe('an end', () => {
  test('comes after a calm, and is told', () => {
    const { states, told } = run(errors, [50, ...minutes(6, 0)])
    expect(states).toEqual(['alert', 'alert', 'alert', 'alert', 'alert', 'alert', 'ok'])
    expect(told).toEqual([
      [1, 'begun'],
      [7, 'over']
    ])
  })

  test('is not told of money: it stays spent', () => {
    const { standing, told } = run(cost, [1000, ...minutes(6, 0)])
    expect(standing.state).toBe('ok')
    expect(told).toEqual([[1, 'begun']])
  })

  test('needs a value clearly below the threshold', () => {
    expect(run(errors, [11, ...minutes(20, 9.5)]).standing.state).toBe('alert')
    expect(run(errors, [11, ...minutes(20, 8.9)]).standing.state).toBe('ok')
  })

  test('may be no more than a step down', () => {
    const { states, told } = run(cost, [1000, ...minutes(6, 850)])
    expect(states.at(-1)).toBe('warning')
    expect(told).toEqual([[1, 'begun']])
  })

  test('starts a new story: the next one is told', () => {
    const { told } = run(errors, [50, ...minutes(6, 0), 50])
    expect(told.at(-1)).toEqual([8, 'begun'])
  })
})

test('what swings around its threshold is told once', () => {
  const swinging = Array.from({ length: 60 }, (_, minute) => (minute % 4 === 0 ? 30 : 0))
  expect(run(errors, swinging).told).toEqual([[1, 'begun']])
})

describe('told again', () => {
  test('only where the person asked for it', () => {
    expect(run(errors, minutes(300, 50)).told).toEqual([[1, 'begun']])
  })

  test('every so often while it lasts', () => {
    const { told } = run({ ...errors, renotifyMinutes: 60 }, minutes(130, 50))
    expect(told).toEqual([
      [1, 'begun'],
      [61, 'again'],
      [121, 'again']
    ])
  })

  test('not while it calms down', () => {
    const { told } = run({ ...errors, renotifyMinutes: 3 }, [50, ...minutes(4, 0)])
    expect(told).toEqual([[1, 'begun']])
  })

  test('counts from the moment it got worse', () => {
    const { told } = run({ ...cost, renotifyMinutes: 10 }, [...minutes(8, 800), ...minutes(12, 1000)])
    expect(told).toEqual([
      [1, 'begun'],
      [9, 'worse'],
      [19, 'again']
    ])
  })

  test('not because a clock was set back', () => {
    const told = at('alert', { toldAt: 100 * MINUTE })
    expect(nextStanding({ ...errors, renotifyMinutes: 5 }, told, 50, MINUTE).occasion).toBeNull()
  })
})

describe('with too little to judge', () => {
  test.each<AlertState>(['ok', 'alert'])('%s stays for a window, then is unknown without a word', (state) => {
    const { states, told } = run(errors, minutes(17, null), at(state))
    expect(states.slice(0, 15)).toEqual(Array.from({ length: 15 }, () => state))
    expect(states.at(-1)).toBe('unknown')
    expect(told).toEqual([])
  })

  test('a gap shorter than the window changes nothing', () => {
    const { states, told } = run(errors, [50, ...minutes(10, null), 50])
    expect(new Set(states)).toEqual(new Set(['alert']))
    expect(told).toEqual([[1, 'begun']])
  })

  test('the last value is not shown as if it held', () => {
    expect(run(errors, [50, null]).standing.value).toBeNull()
  })
})

test.each<[AlertState, Rule, number]>([
  ['ok', errors, 0],
  ['warning', cost, 850],
  ['alert', errors, 50],
  ['no-data', silence, 3],
  ['paused', { ...errors, paused: true }, 50]
])('after a restart %s goes on as it was', (state, rule, value) => {
  const stored: Standing = JSON.parse(JSON.stringify(at(state, { since: 5 })))
  const { standing, told } = run(rule, minutes(3, value), stored)
  expect(standing).toMatchObject({ state, since: 5 })
  expect(told).toEqual([])
})

test('a calm that began before a restart counts', () => {
  const stored = at('alert', { calmSince: 0 })
  expect(nextStanding(errors, stored, 0, CALM_MS).occasion).toBe('over')
})
