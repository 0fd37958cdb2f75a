import { expect, test } from 'vitest'
import { decodeVectors, shorten } from './vectors.ts'

const encoded = (...values: number[]) => Buffer.from(Float32Array.from(values).buffer).toString('base64')

test('vectors come out of base64 as they went in, each with its numbers', () => {
  expect(decodeVectors(encoded(1, 0, 0.5, -0.25, 0, 1), 3)).toEqual([
    [1, 0, 0.5],
    [-0.25, 0, 1]
  ])
  expect(decodeVectors('', 0)).toEqual([])
})

test('shortened vectors have the length 1, and the direction of what is left', () => {
  expect(
    shorten(
      [
        [0.6, 0, 0.8],
        [0, 0, 1]
      ],
      2
    )
  ).toEqual([
    [1, 0],
    [0, 0]
  ])
  expect(() => shorten([[1, 0]], 3)).toThrow(expect.objectContaining({ param: 'dimensions' }))
})
