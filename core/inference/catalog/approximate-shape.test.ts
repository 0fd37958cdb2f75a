import { expect, test } from 'vitest'
import { approximateShape } from './approximate-shape.ts'

/** Published: parameters, layers, embedding width. */
test.each([
  ['Qwen3 0.6B', 0.6e9, 28, 1024],
  ['Llama 3.2 3B', 3.2e9, 28, 3072],
  ['Qwen3 8B', 8.2e9, 36, 4096],
  ['Qwen3 14B', 14.8e9, 40, 5120],
  ['Llama 3.3 70B', 70.6e9, 80, 8192]
])('of a model as large as %s is near to what it is', (_, parameters, layers, width) => {
  const shape = approximateShape('chat', parameters / 2, parameters)
  expect(shape?.layers.length).toBeGreaterThan(layers * 0.7)
  expect(shape?.layers.length).toBeLessThan(layers * 1.4)
  expect(shape?.embeddingLength).toBeGreaterThan(width * 0.7)
  expect(shape?.embeddingLength).toBeLessThan(width * 1.3)
})

test('holds all weights', () => {
  const shape = approximateShape('chat', 5e9, 8e9)
  const weights = shape?.layers.reduce((sum, { weightBytes }) => sum + weightBytes, shape.outputBytes)
  expect(weights).toBeGreaterThan(4.99e9)
  expect(weights).toBeLessThan(5.01e9)
})

test('is unknown when the size is', () => {
  expect(approximateShape('chat', null, 8e9)).toBeNull()
  expect(approximateShape('chat', 5e9, 0)).toBeNull()
})
