import { describe, expect, it } from 'vitest'
import { filterChips, noFilters, searchInput } from './search-query.ts'

describe('searchInput', () => {
  it('asks everywhere when nothing narrows it', () => {
    expect(searchInput('heat pump', noFilters, true, 0)).toEqual({
      q: 'heat pump',
      limit: 30,
      typing: 'true'
    })
  })

  it('names source, folder and tag as one scope, and counts days back from now', () => {
    const filters = { sourceId: 'home', folder: 'Food', tag: 'soup', kind: 'pdf', changed: 'week' } as const
    expect(searchInput('x', filters, false, 1_000_000_000)).toMatchObject({
      in: 'home/Food#soup',
      kind: 'pdf',
      from: 1_000_000_000 - 604_800_000
    })
    expect(searchInput('x', { ...noFilters, tag: 'soup' }, false, 0).in).toBe('*#soup')
  })
})

it('names each filter that is set, and a source that is gone by its id', () => {
  expect(filterChips(noFilters, [])).toEqual([])
  expect(filterChips({ ...noFilters, sourceId: 'home', tag: 'soup' }, [])).toEqual([
    { name: 'sourceId', label: 'home' },
    { name: 'tag', label: '#soup' }
  ])
})
