import { expect, test } from 'vitest'
import { inOtherWords, type Rewrite } from './other-words.ts'

const asked = { model: 'up/small', question: 'How long?' }
const never: Rewrite = ({ signal }) =>
  new Promise((_, reject) => signal.addEventListener('abort', () => reject(signal.reason)))

test('gives what the model says', async () => {
  const rewrite: Rewrite = async ({ question }) => [`${question} Really?`]
  expect(await inOtherWords(asked, rewrite, new AbortController().signal)).toEqual(['How long? Really?'])
})

test('a model that fails or takes too long is done without', async () => {
  const { signal } = new AbortController()
  expect(await inOtherWords(asked, () => Promise.reject(new Error('down')), signal)).toEqual([])
  expect(await inOtherWords(asked, never, signal, 1)).toEqual([])
})

test('whoever stops waiting is told so', async () => {
  const stopped = new AbortController()
  const answer = inOtherWords(asked, never, stopped.signal)
  stopped.abort(new Error('enough'))
  await expect(answer).rejects.toThrow('enough')
})
