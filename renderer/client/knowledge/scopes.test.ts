import { describe, expect, it } from 'vitest'
import { addScope, formatScope, parseScope, scopeWords } from './scopes.ts'

describe('parseScope', () => {
  it('reads back what formatScope wrote', () => {
    for (const text of ['*', 'vault', 'vault/Projects/Home', 'vault#recipe', 'vault/Food#recipe', '*#idea']) {
      expect(formatScope(parseScope(text))).toBe(text)
    }
  })

  it('tells the source, the folder in it and the tag apart', () => {
    expect(parseScope('vault/Food & drink/Soups#recipe/quick')).toEqual({
      sourceId: 'vault',
      folder: 'Food & drink/Soups',
      tag: 'recipe/quick'
    })
    expect(parseScope('*')).toEqual({ sourceId: null })
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
