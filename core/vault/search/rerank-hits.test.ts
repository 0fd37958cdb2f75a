import { expect, test } from 'vitest'
import type { SearchHit } from '../../contract/knowledge.ts'
import { type Rerank, rerankHits } from './rerank-hits.ts'

const { signal } = new AbortController()
const hit = (path: string, score: number): SearchHit => ({
  sourceId: 'notes',
  path,
  kind: 'markdown',
  title: path,
  headings: ['Part'],
  text: `What ${path} says`,
  start: 0,
  end: 10,
  page: null,
  tags: [],
  modifiedAt: 0,
  obsidianUrl: null,
  highlights: [],
  score,
  why: {
    words: score,
    meaning: 0,
    links: 0,
    recency: 0,
    reranker: null,
    bm25: 3,
    cosine: 0.4,
    matchedWords: ['what']
  }
})

test('passages come in the order of the reranker, whose score is their whole score', async () => {
  const asked: string[] = []
  const rerank: Rerank = async ({ documents }) => {
    asked.push(...documents)
    return [
      { index: 0, score: 0.1 },
      { index: 2, score: 0.9 },
      { index: 7, score: 0.8 }
    ]
  }
  const hits = [hit('a', 1.4), hit('b', 1.2), hit('c', 1)]
  const ordered = await rerankHits(hits, { model: 'up/rank', text: 'what?', limit: 5 }, rerank, signal)
  expect(asked[2]).toBe('c › Part\nWhat c says')
  expect(ordered.map(({ path, score }) => [path, score])).toEqual([
    ['c', 0.9],
    ['a', 0.1]
  ])
  expect(ordered[0]?.why).toMatchObject({ words: 0, meaning: 0, reranker: 0.9, bm25: 3 })
})

test('nobody is asked where nothing was found', async () => {
  const rerank: Rerank = () => Promise.reject(new Error('asked'))
  expect(await rerankHits([], { model: 'up/rank', text: 'what?', limit: 5 }, rerank, signal)).toEqual([])
})
