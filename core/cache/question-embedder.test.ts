import { expect, test } from 'vitest'
import { createQuestionEmbedder } from './question-embedder.ts'

test('embeds in a thread of its own, which begins anew after it ended', async () => {
  const embedder = createQuestionEmbedder()
  const [[tyre, tire], [other]] = await Promise.all([
    embedder.embed(['repair a flat tyre', 'fix a flat tire']),
    embedder.embed(['interest rates in 1981'])
  ])
  const cosine = (a?: Float32Array, b?: Float32Array): number =>
    a?.reduce((sum, value, at) => sum + value * (b?.[at] ?? 0), 0) ?? 0
  expect(cosine(tyre, tyre)).toBeCloseTo(1, 5)
  expect(cosine(tyre, tire)).toBeGreaterThan(cosine(tyre, other))
  await embedder.close()
  expect(await embedder.embed(['again'])).toHaveLength(1)
  await embedder.close()
})

test('what is under way fails when it is closed', async () => {
  const embedder = createQuestionEmbedder()
  const answer = expect(embedder.embed(['text'])).rejects.toMatchObject({ code: 'unavailable' })
  await embedder.close()
  await answer
})
