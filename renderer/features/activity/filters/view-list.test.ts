import { describe, expect, it } from 'vitest'
import { viewOf, withoutView, withView } from './view-list.ts'

const errors = { name: 'Errors', query: { status: 'error' as const, since: '24h' as const } }
const chat = { name: 'Chat', query: { app: 'Chat' } }
const views = [errors, chat]

describe('saved views', () => {
  it('are known by what they narrow the list to, in whatever order that is said', () => {
    expect(viewOf(views, { since: '24h', status: 'error' })?.name).toBe('Errors')
    expect(viewOf(views, { status: 'error' })).toBeNull()
  })

  it('keep their place when one of the same name is saved', () => {
    const changed = { ...errors, query: { status: 'cut' as const } }
    expect(withView(views, changed)).toEqual([changed, chat])
    expect(withView(views, { name: 'New', query: {} })).toHaveLength(3)
  })

  it('are removed by name', () => {
    expect(withoutView(views, 'Errors')).toEqual([chat])
  })
})
