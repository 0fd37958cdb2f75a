import { expect, test } from 'vitest'
import { isWithin, readScope } from './knowledge-scopes.ts'

test.each([
  ['*', { sourceId: null }],
  ['vault', { sourceId: 'vault' }],
  [' vault/Projects/Home/ ', { sourceId: 'vault', folder: 'Projects/Home' }],
  ['vault#recipe', { sourceId: 'vault', tag: 'recipe' }],
  ['vault/Food & Drink#recipe/bread', { sourceId: 'vault', folder: 'Food & Drink', tag: 'recipe/bread' }],
  ['vault/', { sourceId: 'vault' }],
  ['*#recipe', { sourceId: null, tag: 'recipe' }],
  ['/Food', null],
  ['My Vault', null],
  ['', null]
])('reads %j', (text, scope) => {
  expect(readScope(text)).toEqual(scope)
})

test.each([
  ['vault/Food/Bread', 'vault/Food', true],
  ['vault/Food#recipe', 'vault/Food', true],
  ['vault/Food#recipe', 'vault#Recipe', true],
  ['vault#recipe/bread', 'vault#recipe', true],
  ['vault', '*', true],
  ['*', 'vault', false],
  ['vault#recipe', '*#recipe', true],
  ['vault', '*#recipe', false],
  ['vault', 'vault/Food', false],
  ['vault/Foodstuff', 'vault/Food', false],
  ['vault/Food', 'vault#recipe', false],
  ['vault-evil', 'vault', false],
  ['other/Food', 'vault/Food', false]
])('takes %s as part of %s: %s', (inner, outer, expected) => {
  const scopes = [readScope(inner), readScope(outer)]
  const [one, other] = scopes
  expect(one && other && isWithin(one, other)).toBe(expected)
})
