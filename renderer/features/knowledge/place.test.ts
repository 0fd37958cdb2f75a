import { expect, it } from 'vitest'
import { type Place, parsePlace, placeId } from './place.ts'

it('reads back what was written into the address', () => {
  const places: Place[] = [
    { show: 'overview' },
    { show: 'add' },
    { show: 'note' },
    { show: 'source', id: 'work-notes-2', tab: 'overview' },
    { show: 'source', id: 'add', tab: 'report' }
  ]
  for (const place of places) expect(parsePlace(placeId(place))).toEqual(place)
})

it('shows the overview for what it does not know', () => {
  expect(parsePlace('somewhere')).toEqual({ show: 'overview' })
  expect(parsePlace('source-a.b')).toEqual({ show: 'source', id: 'a', tab: 'overview' })
})
