import { expect, test } from 'vitest'
import { formatScope, isWithin, readScope, splitScopes } from './knowledge-scopes.ts'

test.each([
  ['*', { sourceId: null }],
  ['vault', { sourceId: 'vault' }],
  [' vault/Projects/Home/ ', { sourceId: 'vault', folder: 'Projects/Home' }],
  ['vault#recipe', { sourceId: 'vault', tag: 'recipe' }],
  ['vault/Food & Drink#recipe/bread', { sourceId: 'vault', folder: 'Food & Drink', tag: 'recipe/bread' }],
  ['vault/', { sourceId: 'vault' }],
  ['Vault/Food', { sourceId: 'vault', folder: 'Food' }],
  ['*#recipe', { sourceId: null, tag: 'recipe' }],
  ['vault/Home%2C garden, pets', { sourceId: 'vault', folder: 'Home, garden, pets' }],
  ['vault/C%23 & F%23#code', { sourceId: 'vault', folder: 'C# & F#', tag: 'code' }],
  ['vault/K%C3%BCche', { sourceId: 'vault', folder: 'K\u00fcche' }],
  ['vault/100% cotton', { sourceId: 'vault', folder: '100% cotton' }],
  ['vault/%FF', { sourceId: 'vault', folder: '%FF' }],
  ['/Food', null],
  ['My Vault', null],
  ['va%75lt', null],
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
  ['vault/food', 'vault/Food', false],
  ['vault/Food', 'vault#recipe', false],
  ['vault-evil', 'vault', false],
  ['other/Food', 'vault/Food', false]
])('takes %s as part of %s: %s', (inner, outer, expected) => {
  const scopes = [readScope(inner), readScope(outer)]
  const [one, other] = scopes
  expect(one && other && isWithin(one, other)).toBe(expected)
})

test.each([
  'Plain words',
  'Home, garden',
  'C# notes',
  '50%20 off',
  '100%',
  ' edges ',
  'Küche/Süßes, salzig',
  '日本, 語'
])('a folder named %j is read as it was written, alone and in a list', (folder) => {
  const scope = { sourceId: 'vault', folder }
  const text = formatScope(scope)
  expect(readScope(text)).toEqual(scope)
  expect(splitScopes(`work, ${text},*`)).toEqual(['work', text, '*'])
})

test('a scope without such names is written as people write it', () => {
  for (const text of [
    '*',
    'vault',
    'vault/Projects/My home',
    'vault#recipe',
    'vault/Food#recipe',
    '*#idea'
  ]) {
    const scope = readScope(text)
    expect(scope && formatScope(scope)).toBe(text)
  }
})

test('a list has no empty scopes', () => {
  expect(splitScopes(' , vault,, ')).toEqual(['vault'])
})
