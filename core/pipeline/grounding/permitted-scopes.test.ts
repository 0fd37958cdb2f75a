import { expect, test } from 'vitest'
import { permittedScopes } from './permitted-scopes.ts'

test.each([
  [['vault/Food'], ['*'], ['vault/Food']],
  [['*'], ['*'], ['*']],
  [['*'], ['vault/Food', 'work'], ['vault/Food', 'work']],
  [
    ['vault/Food/Bread', 'work#plan'],
    ['vault/Food', 'work'],
    ['vault/Food/Bread', 'work#plan']
  ]
])('looks %j up for who may read %j in %j', (asked, readable, expected) => {
  expect(permittedScopes(asked, readable)).toEqual(expected)
})

test.each([
  [['vault'], []],
  [['*'], []],
  [['vault'], ['vault/Food']],
  [['vault/Food', 'work'], ['vault']],
  [['vault-evil'], ['vault']]
])('refuses %j to who may read %j', (asked, readable) => {
  expect(() => permittedScopes(asked, readable)).toThrow(expect.objectContaining({ code: 'not-allowed' }))
})

test('refuses words that are no scope', () => {
  expect(() => permittedScopes(['My Vault'], ['*'])).toThrow(expect.objectContaining({ code: 'bad-request' }))
})
