import { expect, test } from 'vitest'
import { parseScope, scopesOf } from './scopes.ts'

test.each([
  ['*', { sourceId: null }],
  ['#idea', { sourceId: null, tag: 'idea' }],
  ['vault', { sourceId: 'vault' }],
  ['vault/Projects/Home/', { sourceId: 'vault', folder: 'Projects/Home' }],
  ['vault#recipe', { sourceId: 'vault', tag: 'recipe' }],
  [' vault/Food & Wine#a/b ', { sourceId: 'vault', folder: 'Food & Wine', tag: 'a/b' }]
])('reads %s', (text, scope) => {
  expect(parseScope(text)).toEqual(scope)
})

test('refuses what names no source', () => {
  expect(() => parseScope('My Vault/Food')).toThrow(expect.objectContaining({ code: 'bad-request' }))
  expect(() => scopesOf(['other'], ['vault'])).toThrow(expect.objectContaining({ code: 'not-found' }))
})

test('means every source where nothing is said, and asks none twice', () => {
  const all = { folder: null, tag: null }
  expect(scopesOf([], ['a', 'b'])).toEqual([
    { sourceId: 'a', ...all },
    { sourceId: 'b', ...all }
  ])
  expect(scopesOf(['a/Food', 'a', 'a', '*#x'], ['a'])).toEqual([{ sourceId: 'a', ...all }])
  expect(scopesOf(['a/Food', 'a#x'], ['a'])).toHaveLength(2)
})
