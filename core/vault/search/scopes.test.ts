import { expect, test } from 'vitest'
import { scopesOf } from './scopes.ts'

test('means every source where nothing is said', () => {
  expect(scopesOf([], ['a', 'b'])).toEqual([{ sourceId: 'a' }, { sourceId: 'b' }])
  expect(scopesOf(['*#x'], ['a', 'b'])).toEqual([
    { sourceId: 'a', tag: 'x' },
    { sourceId: 'b', tag: 'x' }
  ])
})

test('asks nowhere twice', () => {
  expect(scopesOf(['a/Food', 'a', 'a', '*#x'], ['a'])).toEqual([{ sourceId: 'a' }])
  expect(scopesOf(['a/Food', 'a/Food/Bread', 'a#x'], ['a'])).toEqual([
    { sourceId: 'a', folder: 'Food' },
    { sourceId: 'a', tag: 'x' }
  ])
})

test('refuses what names no source', () => {
  expect(() => scopesOf(['My Vault/Food'], ['vault'])).toThrow(
    expect.objectContaining({ code: 'bad-request' })
  )
  expect(() => scopesOf(['other'], ['vault'])).toThrow(expect.objectContaining({ code: 'not-found' }))
})
