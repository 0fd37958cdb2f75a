import { expect, test } from 'vitest'
import { HomeportError } from '../../errors/homeport-error.ts'
import { embedWhatFits } from './embed-what-fits.ts'

/** A model with room for a thousand characters, which will not hear of `bad`. A vector is the text's length. */
const asked: (readonly string[])[] = []
async function ask(texts: readonly string[]): Promise<number[][]> {
  asked.push(texts)
  if (texts.some(({ length }) => length > 1000)) throw new HomeportError('context-overflow', 'Too long.')
  if (texts.includes('bad')) throw new HomeportError('content-refused', 'No.')
  return texts.map(({ length }) => [length])
}

test('what fits is asked for once', async () => {
  asked.length = 0
  expect(await embedWhatFits(['a', 'bb'], ask)).toEqual([[1], [2]])
  expect(asked).toEqual([['a', 'bb']])
})

test('a text that is too long is embedded by its beginning, those beside it whole', async () => {
  expect(await embedWhatFits(['short', 'x'.repeat(3000), 'also'], ask)).toEqual([[5], [750], [4]])
})

test('a text that the model refuses has no vector, those beside it have theirs', async () => {
  expect(await embedWhatFits(['good', 'bad', 'well'], ask)).toEqual([[4], null, [4]])
})

test('a model that finds everything too long gives nothing, and is not asked without end', async () => {
  asked.length = 0
  const never = async () => {
    asked.push([])
    throw new HomeportError('context-overflow', 'Too long.')
  }
  expect(await embedWhatFits(['x'.repeat(1600)], never)).toEqual([null])
  expect(asked).toHaveLength(4)
})

test('any other failure is thrown as it is', async () => {
  const error = new HomeportError('bad-request', 'Not an embedding model.')
  await expect(embedWhatFits(['a', 'b'], () => Promise.reject(error))).rejects.toBe(error)
})

test('fewer vectors than texts are refused', async () => {
  await expect(embedWhatFits(['a', 'b'], async () => [[1]])).rejects.toThrow('1 vectors for 2 texts')
})
