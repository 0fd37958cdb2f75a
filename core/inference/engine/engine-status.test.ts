import { expect, test } from 'vitest'
import { inMemory } from './engine.test-support.ts'
import { runningModels, usedBytes } from './engine-status.ts'

const find = (path: string) => (path === 'gone' ? undefined : { id: `${path}-id`, name: path })

test('models in memory have the ids of the list; those that left it are not shown', () => {
  const { path: _, ...state } = inMemory('a')
  const states = [inMemory('a'), inMemory('gone')]
  expect(runningModels(states, find)).toEqual([{ id: 'a-id', name: 'a', ...state }])
  expect(usedBytes(states)).toBe(2_000_000)
})

test('a file that is loaded for two purposes is one model', () => {
  const states = [
    inMemory('a', { active: 1, lastUsedAt: 5, unloadsAt: null }),
    inMemory('a', { state: 'loading', waiting: 2, lastUsedAt: 3, unloadsAt: 9 })
  ]
  expect(runningModels(states, find)).toEqual([
    expect.objectContaining({
      state: 'loaded',
      memoryBytes: 2_000_000,
      active: 1,
      waiting: 2,
      lastUsedAt: 5,
      unloadsAt: null
    })
  ])
})
