import { describe, expect, it } from 'vitest'
import { formatRoute, parseRoute } from './route.ts'

describe('parseRoute', () => {
  it('reads back what formatRoute wrote', () => {
    for (const route of [
      { screen: 'chat', id: null },
      { screen: 'activity', id: '0189abcdef0189abcdef0189abcdef01' },
      { screen: 'settings', id: 'keys' },
      { screen: 'models', id: 'provider-qwen2.5.local' },
      { screen: 'connect', id: 'claude-code' },
      { screen: 'activity', id: null, query: { model: 'openai/gpt-5.2', app: 'Notes & more=?#' } },
      { screen: 'activity', id: '01', query: { from: '1' } },
      { screen: 'knowledge', id: 'note', query: { source: 'vault', path: `${'日記/'.repeat(300)}Été.md` } }
    ] as const) {
      expect(parseRoute(formatRoute(route))).toEqual(route)
    }
  })

  it('refuses unknown screens and ids with other characters', () => {
    for (const hash of [
      '',
      '#',
      '#/somewhere',
      '#/chat/../x',
      '#/chat/..',
      '#/chat/.x',
      '#/chat/a b',
      '#code=abc',
      '#/chat/<img>'
    ]) {
      expect(parseRoute(hash)).toBeNull()
    }
  })
})
