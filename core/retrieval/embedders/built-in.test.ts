import { expect, test } from 'vitest'
import { openBuiltInEmbedder } from './built-in.ts'

const embedder = openBuiltInEmbedder()
const { signal } = new AbortController()
async function cosine(left: string, right: string): Promise<number> {
  const [a, b] = await embedder.embed([left, right], 'document', signal)
  return a?.reduce((sum, value, i) => sum + value * (b?.[i] ?? 0), 0) ?? Number.NaN
}

test('every vector has length 1 and the dimensions it says', async () => {
  const texts = ['The boat left the harbour at dawn.', 'harbour', '“Quoted”, 42 & more']
  for (const vector of await embedder.embed(texts, 'document', signal)) {
    expect(vector).toHaveLength(embedder.dimensions)
    expect(Math.hypot(...vector)).toBeCloseTo(1, 5)
  }
})

test('a text without a known word has no direction', async () => {
  const [none, empty] = await embedder.embed(['xqzzv 東京', ''], 'query', signal)
  expect(none?.every((value) => value === 0)).toBe(true)
  expect(empty?.every((value) => value === 0)).toBe(true)
})

test('texts that mean the same are nearer than texts that share a subject, and those nearer than others', async () => {
  const same = await cosine('How do I repair a flat bicycle tyre?', 'Fixing a punctured bike tire')
  const related = await cosine('How do I repair a flat bicycle tyre?', 'The history of road cycling')
  const other = await cosine('How do I repair a flat bicycle tyre?', 'Interest rates and inflation in 1981')
  expect(same).toBeGreaterThan(related)
  expect(related).toBeGreaterThan(other)
})

test('letters in capitals, full width or composed in another way are the same words', async () => {
  expect(await cosine('CAFE OLE', 'ｃａｆｅ ole')).toBeCloseTo(1, 5)
  expect(await cosine('r\u00e9sum\u00e9 letter', 're\u0301sume\u0301 letter')).toBeCloseTo(1, 5)
})

test('the rare word of a text says more than its common ones', async () => {
  const text = 'about the glacier'
  expect(await cosine(text, 'glacier')).toBeGreaterThan(await cosine(text, 'about the'))
})
