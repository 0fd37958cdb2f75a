import { expect, it } from 'vitest'
import { formatRoute, parseRoute } from '../../client/route.ts'
import { type Place, parsePlace, placeId } from './place.ts'

it('comes back from the address as it went in', () => {
  const places: Place[] = [
    { show: 'overview' },
    { show: 'catalog' },
    { show: 'model', id: 'qwen3-4b-q4_k_m' },
    { show: 'model', id: 'm'.repeat(103) },
    { show: 'provider', id: 'qwen-2.5_local' },
    { show: 'alias', name: 'new-best' },
    { show: 'new-alias', like: null },
    { show: 'new-alias', like: 'fast' }
  ]
  for (const place of places) {
    const route = parseRoute(formatRoute({ screen: 'models', id: placeId(place) }))
    expect(parsePlace(route?.id ?? null)).toEqual(place)
  }
})

it('shows the overview for what it does not know', () => {
  expect(parsePlace('somewhere')).toEqual({ show: 'overview' })
})
