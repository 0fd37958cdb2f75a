import { describe, expect, it } from 'vitest'
import type { Source, SourceParts } from '../../../core/contract/knowledge.ts'
import { type FindParts, suggestScopes } from './scope-suggestions.ts'

const source = (id: string, name: string): Source => ({
  ...{ id, name, kind: 'vault', folder: `/${id}`, embedder: 'built-in', excludes: [], paused: false },
  ...{ createdAt: 0, state: 'ready', problem: null, progress: null, documents: 9, chunks: 9 },
  ...{ chunksWithoutVector: 0, failures: 0, indexBytes: 0, lastChangeAt: null, completeAt: null }
})
const home = source('home', 'Home')
const work = source('work', 'Work')

const parts: Record<string, SourceParts> = {
  home: {
    folders: ['Food', 'Food/Bread, rolls', 'Work room'].map((path) => ({ path, documents: 3 })),
    tags: [
      { tag: 'recipe', documents: 3 },
      { tag: 'draft', documents: 1 }
    ]
  },
  work: { folders: [{ path: 'Plans', documents: 2 }], tags: [{ tag: 'draft', documents: 4 }] }
}
const findParts: FindParts = async (id, letters) => {
  const { folders = [], tags = [] } = parts[id] ?? {}
  const has = (text: string): boolean => text.toLowerCase().includes(letters.toLowerCase())
  return { folders: folders.filter(({ path }) => has(path)), tags: tags.filter(({ tag }) => has(tag)) }
}
const scopesFor = async (typed: string, sources = [home, work]): Promise<string[]> =>
  (await suggestScopes(findParts, typed, sources)).map(({ scope }) => scope)

describe('suggestions', () => {
  it('are sources, folders and tags that have the letters, in this order', async () => {
    expect(await scopesFor('wor')).toEqual(['work', 'home/Work room'])
    expect(await scopesFor('r')).toEqual([
      'work',
      'home/Food/Bread%2C rolls',
      'home/Work room',
      '*#draft',
      '*#recipe'
    ])
  })

  it('are folders of a source after its slash, also by names with spaces and commas', async () => {
    expect(await scopesFor('home/')).toEqual(['home/Food', 'home/Food/Bread%2C rolls', 'home/Work room'])
    expect(await scopesFor('home/bread, ro')).toEqual(['home/Food/Bread%2C rolls'])
    expect(await suggestScopes(findParts, 'home/bread', [home])).toMatchObject([
      { kind: 'folder', label: 'Home › Food › Bread, rolls' }
    ])
  })

  it('are tags after a #, of every source, of one, or within a folder of one', async () => {
    expect(await scopesFor('#')).toEqual(['*#draft', '*#recipe'])
    expect(await scopesFor('home#rec')).toEqual(['home#recipe'])
    expect(await scopesFor('home/Food#rec')).toEqual(['home/Food#recipe'])
    expect(await scopesFor('#rec', [home])).toEqual(['home#recipe'])
  })

  it('leave room for tags where there are many folders', async () => {
    const many: FindParts = async () => ({
      folders: Array.from({ length: 8 }, (_, i) => ({ path: `Recipes ${i}`, documents: 1 })),
      tags: [{ tag: 'recipe', documents: 1 }]
    })
    const kinds = (await suggestScopes(many, 'rec', [home])).map(({ kind }) => kind)
    expect(kinds).toEqual([...Array(7).fill('folder'), 'tag'])
  })
})
