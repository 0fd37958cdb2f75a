import { describe, expect, it } from 'vitest'
import { addScope, scopeWords } from './scopes.ts'

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
