import { describe, expect, it } from 'vitest'
import type { Source } from '../../../../core/contract/knowledge.ts'
import { progressPart, progressWords, sizeWords, sourceStatus } from './source-words.ts'

const ready: Source = {
  id: 'home',
  name: 'Home',
  kind: 'vault',
  folder: '/notes',
  embedder: 'built-in',
  excludes: [],
  paused: false,
  createdAt: 0,
  state: 'ready',
  problem: null,
  progress: null,
  documents: 6591,
  chunks: 30_977,
  chunksWithoutVector: 0,
  failures: 0,
  indexBytes: 36_000_000,
  lastChangeAt: null,
  completeAt: null
}
const reading = { step: 'reading', done: 1204, total: 6591, perSecond: 2100, secondsLeft: 2.6 } as const
const indexing = (progress: Source['progress']): Source => ({ ...ready, state: 'indexing', progress })

describe('a source in words', () => {
  it('says how far it is, how fast, and how long it takes', () => {
    expect(progressWords(indexing(reading))).toBe('Reading 1,204 of 6,591 · 2,100 a second · 5 s left')
    expect(progressPart(indexing(reading))).toBeCloseTo(0.183, 3)
  })

  it('promises nothing while the files are still being counted', () => {
    const scanning = indexing({ step: 'scanning', done: 812, total: 812, perSecond: 0, secondsLeft: null })
    expect(progressWords(scanning)).toBe('Looking through the folder: 812 files so far')
    expect(progressPart(scanning)).toBeNull()
  })

  it('leaves out what is not known', () => {
    expect(progressWords(indexing({ ...reading, perSecond: 0, secondsLeft: null }))).toBe(
      'Reading 1,204 of 6,591'
    )
    expect(progressWords(ready)).toBeNull()
  })

  it('is not well while files cannot be read', () => {
    expect(sourceStatus(ready)).toEqual({ tone: 'ok', label: 'Up to date' })
    expect(sourceStatus({ ...ready, failures: 3 })).toEqual({ tone: 'warn', label: '3 not readable' })
  })

  it('says what is in it', () => {
    expect(sizeWords(ready)).toBe('6,591 files · 30,977 passages · 36.0 MB')
    expect(sizeWords({ ...ready, documents: 1, chunks: 1 })).toMatch(/^1 file · 1 passage/)
  })
})
