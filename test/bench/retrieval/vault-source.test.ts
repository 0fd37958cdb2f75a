import { expect, test } from 'vitest'
import type { Source } from '../../../core/contract/knowledge.ts'
import type { Knowledge } from '../../../core/vault/knowledge.ts'
import { searchFolder } from './vault-source.ts'

const indexing: Source = {
  id: 'notes',
  name: 'Notes',
  kind: 'folder',
  folder: '/notes',
  embedder: 'built-in',
  excludes: [],
  paused: false,
  createdAt: 0,
  state: 'indexing',
  problem: null,
  progress: null,
  documents: 2,
  chunks: 2,
  chunksWithoutVector: 2,
  failures: 0,
  indexBytes: 0,
  lastChangeAt: null,
  completeAt: null
}

/** Goes through the states a source is in, one a look, and answers with the state it was asked in. */
function goingThrough(...states: Partial<Source>[]) {
  let current = indexing
  const asked: Source[] = []
  const knowledge: Pick<Knowledge, 'add' | 'begin' | 'sources' | 'search'> = {
    begin() {},
    add: async () => indexing,
    sources() {
      current = { ...current, ...states.shift() }
      return [current]
    },
    async search() {
      asked.push(current)
      throw new Error('asked')
    }
  }
  return { knowledge, asked }
}

test('asks only when the folder is indexed to the last vector', async () => {
  const { knowledge, asked } = goingThrough({ completeAt: 5 }, { state: 'ready' }, { chunksWithoutVector: 0 })
  const search = await searchFolder(knowledge, '/notes')
  await expect(search('What?', 5)).rejects.toThrow('asked')
  expect(asked).toEqual([expect.objectContaining({ state: 'ready', completeAt: 5, chunksWithoutVector: 0 })])
})

test('gives up on a folder that cannot be indexed', async () => {
  const { knowledge } = goingThrough({ state: 'failed', problem: 'it cannot be read' })
  await expect(searchFolder(knowledge, '/notes')).rejects.toThrow('it cannot be read')
})
