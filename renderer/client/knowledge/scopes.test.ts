import { describe, expect, it } from 'vitest'
import { readScope } from '../../../core/contract/knowledge-scopes.ts'
import { addScope, formatScope, scopeWords } from './scopes.ts'

describe('formatScope', () => {
  it('writes what is read back the same', () => {
    for (const text of ['*', 'vault', 'vault/Projects/Home', 'vault#recipe', 'vault/Food#recipe', '*#idea']) {
      const scope = readScope(text)
      expect(scope && formatScope(scope)).toBe(text)
    }
  })
})

describe('addScope', () => {
  it('keeps scopes that have nothing to do with each other', () => {
    expect(addScope(['vault/Food'], 'work')).toEqual(['vault/Food', 'work'])
  })

  it('drops what the new one contains', () => {
    expect(addScope(['vault/Food', 'vault#recipe', 'work'], 'vault')).toEqual(['work', 'vault'])
    expect(addScope(['vault/Food', 'work'], '*')).toEqual(['*'])
    expect(addScope(['vault/Food/Soups', 'vault/Foodstuff'], 'vault/Food')).toEqual([
      'vault/Foodstuff',
      'vault/Food'
    ])
  })

  it('drops what contains the new one: to narrow is what was meant', () => {
    expect(addScope(['*'], 'vault/Food')).toEqual(['vault/Food'])
    expect(addScope(['vault'], 'vault#recipe')).toEqual(['vault#recipe'])
  })
})

it('says a scope in words, and when its source is gone', () => {
  expect(['*', '*#soup', 'home/Food/Soups#warm'].map((text) => scopeWords(text, []))).toEqual([
    'All notes and files',
    '#soup',
    'home (removed) › Food › Soups #warm'
  ])
})
