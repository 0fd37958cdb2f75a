import { describe, expect, test } from 'vitest'
import { covers, overlap, parseScope, scopeText } from './knowledge-scope.ts'

const soup = { sourceId: 'vault', path: 'Food/Soups/Leek.md', tags: ['Recipe/Quick'] }

test.each([
  ['*', { sourceId: null }],
  ['vault', { sourceId: 'vault' }],
  ['vault/', { sourceId: 'vault' }],
  ['vault/Projects/Home/', { sourceId: 'vault', folder: 'Projects/Home' }],
  ['vault#recipe', { sourceId: 'vault', tag: 'recipe' }],
  ['vault/Food#recipe', { sourceId: 'vault', folder: 'Food', tag: 'recipe' }],
  ['#recipe', { sourceId: null, tag: 'recipe' }]
])('%s is read as people mean it', (text, scope) => {
  expect(parseScope(text)).toEqual(scope)
})

describe('a scope covers', () => {
  test.each(['*', 'vault', 'vault/Food', 'vault/Food/Soups', 'vault#recipe', 'vault/Food#recipe/quick'])(
    'a note within it: %s',
    (text) => expect(covers(parseScope(text), soup)).toBe(true)
  )
  test.each(['work', 'vault/Foo', 'vault/Soups', 'vault/Food/Soups/L', 'vault#rec', 'vault/Diary#recipe'])(
    'none beside it: %s',
    (text) => expect(covers(parseScope(text), soup)).toBe(false)
  )
  test('names that are written in another form of Unicode', () => {
    const decomposed = { ...soup, path: 'Bo\u0308rek/A.md' }
    expect(covers(parseScope('vault/B\u00f6rek'), decomposed)).toBe(true)
  })
})

test.each([
  ['*', '*', '*'],
  ['*', 'vault/Food', 'vault/Food'],
  ['vault', 'vault/Food', 'vault/Food'],
  ['vault/Food/Soups', 'vault/Food', 'vault/Food/Soups'],
  ['vault/Food', 'vault#recipe', 'vault/Food#recipe'],
  ['vault#quick', 'vault#recipe', 'vault#quick']
])('%s within %s is %s', (wanted, allowed, shared) => {
  expect(overlap(parseScope(wanted), parseScope(allowed))).toEqual(parseScope(shared))
  expect(scopeText(parseScope(shared))).toBe(shared)
})

test.each([
  ['work', 'vault'],
  ['vault/Diary', 'vault/Food'],
  ['vault/Foodie', 'vault/Food']
])('%s has nothing in common with %s', (wanted, allowed) => {
  expect(overlap(parseScope(wanted), parseScope(allowed))).toBeNull()
})
