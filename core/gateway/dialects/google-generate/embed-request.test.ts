import { expect, it } from 'vitest'
import { readEmbedRequests } from './embed-request.ts'

const text = (value: string) => ({ content: { parts: [{ text: value }] } })

it('reads a batch as one call', () => {
  const more = { model: 'models/m', taskType: 'RETRIEVAL_QUERY', output_dimensionality: 64 }
  expect(
    readEmbedRequests([
      { ...text('a'), ...more },
      { ...text('b'), ...more }
    ])
  ).toEqual({
    inputs: ['a', 'b'],
    dimensions: 64,
    purpose: 'query',
    unmapped: []
  })
})

it('names what other models cannot be told', () => {
  const request = { ...text('a'), taskType: 'CLUSTERING', title: 'T' }
  expect(readEmbedRequests([request])).toEqual({
    inputs: ['a'],
    dimensions: null,
    unmapped: ['taskType', 'title']
  })
})

it.each([
  [[]],
  [[{}]],
  [[text('')]],
  [[{ content: { parts: [{ inlineData: { mimeType: 'image/png', data: 'AA==' } }] } }]],
  [[{ ...text('a'), outputDimensionality: 0 }]],
  [[{ ...text('a'), outputDimensionality: 3 }, text('b')]]
])('refuses %j', (requests) => {
  expect(() => readEmbedRequests(requests)).toThrow()
})
