import { describe, expect, it } from 'vitest'
import { formatRoute, parseRoute } from '../../client/route.ts'
import { appFilter } from './app-name.ts'
import { activityQuery, narrow, parseView, type View, viewQuery, widen } from './view.ts'

const month: View = { period: 'month', by: 'model', only: {} }

describe('the view in the address', () => {
  it('comes back as it went in', () => {
    const views: View[] = [
      month,
      { period: 'year', by: 'feature', only: { model: 'openai/gpt-5.2', app: 'Notes & more' } }
    ]
    for (const view of views) {
      const route = parseRoute(formatRoute({ screen: 'costs', id: null, query: viewQuery(view) }))
      expect(parseView(route?.query)).toEqual(view)
    }
  })

  it('takes the usual for what it does not know', () => {
    expect(parseView({ period: 'century', by: 'moon', session: 'x' })).toEqual(month)
  })
})

it('narrows to a row, goes on to what is not fixed yet, and back', () => {
  const narrowed = narrow(month, 'openai/gpt-5.2')
  expect(narrowed).toEqual({ period: 'month', by: 'provider', only: { model: 'openai/gpt-5.2' } })
  expect(widen(narrowed, 'model')).toEqual(month)
})

it('filters Activity by the row, an app by its name, by what the view is narrowed to, and by the period in milliseconds', () => {
  const view: View = { period: 'day', by: 'app', only: { model: 'm' } }
  const period = { from: '2026-11-21', until: '2026-11-22', bucket: 'hour' } as const
  const query = {
    model: 'm',
    source: 'gateway',
    from: `${+new Date(2026, 10, 21)}`,
    until: `${+new Date(2026, 10, 22)}`
  }
  const keys = [
    { id: 'k1', name: 'Claude Code' },
    { id: 'k3', name: 'Script' },
    { id: 'k4', name: 'Script' }
  ]
  const filterOf = (id: string): string => appFilter(id, keys)
  expect(activityQuery(view, 'k1', period, filterOf)).toEqual({ ...query, app: 'Claude Code' })
  expect(activityQuery(view, 'chat', period, filterOf)).toEqual({ ...query, app: 'Chat' })
  expect(activityQuery(view, 'k2', period, filterOf)).toEqual({ ...query, app: 'k2' })
  expect(activityQuery(view, 'k3', period, filterOf)).toEqual({ ...query, app: 'k3' })
  expect(activityQuery({ ...view, by: 'feature' }, null, period, filterOf)).toEqual({ ...query, feature: '' })
})
