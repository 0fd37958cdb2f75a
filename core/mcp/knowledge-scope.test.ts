import { describe, expect, test } from 'vitest'
import type { KnowledgeScope } from '../contract/knowledge.ts'
import { formatScope, readScope } from '../contract/knowledge-scopes.ts'
import { covers, overlap } from './knowledge-scope.ts'

const soup = { sourceId: 'vault', path: 'Food/Soups/Leek.md', tags: ['Recipe/Quick'] }

function scope(text: string): KnowledgeScope {
  const read = readScope(text)
  if (read === null) throw new Error(`${text} is no scope`)
  return read
}

describe('a scope covers', () => {
  test.each(['*', 'vault', 'vault/Food', 'vault/Food/Soups', 'vault#recipe', 'vault/Food#recipe/quick'])(
    'a note within it: %s',
    (text) => expect(covers(scope(text), soup)).toBe(true)
  )
  test.each([
    'work',
    'vault/Foo',
    'vault/Soups',
    'vault/Food/Soups/L',
    'vault/food',
    'vault#rec',
    'vault/Diary#recipe'
  ])('none beside it: %s', (text) => expect(covers(scope(text), soup)).toBe(false))
  test('names that are written in another form of Unicode', () => {
    const decomposed = { ...soup, path: 'Bo\u0308rek/A.md' }
    expect(covers(scope('vault/B\u00f6rek'), decomposed)).toBe(true)
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
  expect(overlap(scope(wanted), scope(allowed))).toEqual(scope(shared))
  expect(formatScope(scope(shared))).toBe(shared)
})

test.each([
  ['work', 'vault'],
  ['vault/Diary', 'vault/Food'],
  ['vault/Foodie', 'vault/Food']
])('%s has nothing in common with %s', (wanted, allowed) => {
  expect(overlap(scope(wanted), scope(allowed))).toBeNull()
})
