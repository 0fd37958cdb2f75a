import { expect, test } from 'vitest'
import { openIndexForReading } from '../store/index-file.ts'
import { indexSchema } from './index-schema-repository.ts'
import { openIndexWriter } from './index-writer.ts'
import { embedder, indexPath, note } from './retrieval.test-support.ts'
import { wordFrequencyRepository } from './word-frequency-repository.ts'

test('counts a word anew when the index has grown since, and not before', () => {
  const path = indexPath()
  const writer = openIndexWriter({ path, embedder })
  const add = (...numbers: number[]) => writer.put(numbers.map((number) => note(`${number}.md`, 'vurtz')))
  add(1, 2, 3, 4)
  const connection = openIndexForReading(path, indexSchema)
  if (!connection) throw new Error('there is no index')
  const { frequencies } = wordFrequencyRepository(connection)
  expect(frequencies(['vurtz', 'xyloq'], 4)).toEqual([4, 0])
  add(5)
  expect(frequencies(['vurtz'], 5)).toEqual([4])
  add(6)
  expect(frequencies(['vurtz'], 6)).toEqual([6])
  connection.close()
  writer.close()
})
