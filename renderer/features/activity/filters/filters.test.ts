import { describe, expect, it } from 'vitest'
import { askedFilters, changeFilters, filterQuery, parseFilters, usedFilters } from './filters.ts'

describe('filters in an address', () => {
  it('come back as they were', () => {
    const filters = {
      status: 'error',
      model: 'openai/gpt-5.2',
      minCostNanoUsd: 1_000_000,
      from: 1_764_000_000_000
    } as const
    expect(parseFilters(filterQuery(filters))).toEqual(filters)
  })

  it('are left out where an address says them wrongly', () => {
    expect(parseFilters({ status: 'lost', from: 'yesterday', until: '', app: 'Chat', by: 'model' })).toEqual({
      app: 'Chat'
    })
  })

  it('may ask for calls that have none of something', () => {
    expect(parseFilters({ project: '', search: '', minDurationMs: '' })).toEqual({ project: '' })
    expect(parseFilters(filterQuery({ project: '' }))).toEqual({ project: '' })
  })

  it('stand in one order, however they were chosen', () => {
    expect(Object.keys(filterQuery({ app: 'Chat', status: 'ok' }))).toEqual(
      Object.keys(filterQuery({ status: 'ok', app: 'Chat' }))
    )
  })
})

describe('a change', () => {
  it('of one leaves the others, and takes away what is undefined', () => {
    const changed = changeFilters({ app: 'Chat', status: 'ok' }, { status: undefined })
    expect(usedFilters(changed)).toEqual(['app'])
  })

  it('to a window of time ends the bounds, and the other way round', () => {
    const bounds = { from: 1, until: 2 }
    expect(usedFilters(changeFilters(bounds, { since: '24h' }))).toEqual(['since'])
    expect(usedFilters(changeFilters({ since: '24h' }, bounds))).toEqual(['from', 'until'])
  })
})

it('asks for a window as a time from a full minute on, so that it is the same within the minute', () => {
  const now = Date.UTC(2026, 10, 21, 12, 0, 40)
  expect(askedFilters({ app: 'Chat', since: '1h' }, now)).toEqual({
    app: 'Chat',
    from: Date.UTC(2026, 10, 21, 11)
  })
  expect(askedFilters({ since: '1h' }, now + 10_000)).toEqual(askedFilters({ since: '1h' }, now))
})
