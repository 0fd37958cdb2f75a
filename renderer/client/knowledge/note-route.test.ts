import { expect, it } from 'vitest'
import { parseRoute } from '../route.ts'
import { noteHref, passageHref, readNotePlace } from './note-route.ts'

it('reads back the passage of an address', () => {
  const text = '## Wärme & more\n'.repeat(30)
  const href = passageHref({ sourceId: 'home', path: 'Häuser & Co/Wärme #1?.md', start: 12, end: 480, text })
  expect(readNotePlace(parseRoute(href)?.query)).toEqual({
    source: 'home',
    path: 'Häuser & Co/Wärme #1?.md',
    passage: { start: 12, end: 480, begins: text.slice(0, 40) }
  })
})

it('shows the whole note where the address has no passage, or one that cannot be', () => {
  expect(readNotePlace(parseRoute(noteHref('home', 'a.md'))?.query)?.passage).toBeNull()
  expect(readNotePlace({ source: 'home', path: 'a.md', start: '9', end: 'x' })?.passage).toBeNull()
})

it('knows no note without a source and a path', () => {
  expect(readNotePlace({ source: 'home' })).toBeNull()
})
