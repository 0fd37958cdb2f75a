import { expect, test } from 'vitest'
import type { SearchAnswer } from '../../contract/knowledge.ts'
import type { KnowledgeSettings } from '../../contract/settings.ts'
import type { KnowledgeQuestion } from '../../vault/knowledge.ts'
import { knowledgeRetriever } from './knowledge-retriever.ts'

const { signal } = new AbortController()
const lookup = { text: 'bread?', scopes: ['*'], limit: 5, onDeviceOnly: false }
const nothing: SearchAnswer = {
  hits: [],
  understood: { words: [], phrases: [], tags: [], paths: [], from: null, until: null, parts: [] },
  belowFloor: false,
  problems: [],
  tookMs: 0
}

function retrieverWith(chosen: Partial<KnowledgeSettings>) {
  const questions: KnowledgeQuestion[] = []
  const knowledge = {
    sources: () => [],
    async search(question: KnowledgeQuestion) {
      questions.push(question)
      if (question.reranker === 'up/broken') throw new Error('down')
      return nothing
    }
  }
  const staysHere = (model: string) => model.startsWith('on-device/')
  const helpers = () => ({ rewriter: null, reranker: null, ...chosen })
  return { questions, retriever: knowledgeRetriever({ knowledge, staysHere, helpers }) }
}

test('a model puts questions in other words only where one was chosen', async () => {
  const [chosen, none] = [retrieverWith({ rewriter: 'up/small' }), retrieverWith({})]
  await chosen.retriever.find(lookup, signal)
  await none.retriever.find(lookup, signal)
  expect(chosen.questions).toMatchObject([{ text: 'bread?', rewriter: 'up/small' }])
  expect(none.questions[0]?.rewriter).toBeUndefined()
})

test('a question that stays on this machine is put in other words and sorted here or not at all', async () => {
  const [elsewhere, here] = [
    retrieverWith({ rewriter: 'up/small', reranker: 'up/sorts' }),
    retrieverWith({ rewriter: 'on-device/small', reranker: 'on-device/sorts' })
  ]
  await elsewhere.retriever.find({ ...lookup, onDeviceOnly: true }, signal)
  await here.retriever.find({ ...lookup, onDeviceOnly: true }, signal)
  expect(elsewhere.questions).toMatchObject([{ rewriter: undefined }])
  expect(elsewhere.questions[0]?.reranker).toBeUndefined()
  expect(here.questions).toMatchObject([{ rewriter: 'on-device/small', reranker: 'on-device/sorts' }])
})

test('what a reranker fails to sort is given as it was found', async () => {
  const [sorted, broken] = [retrieverWith({ reranker: 'up/sorts' }), retrieverWith({ reranker: 'up/broken' })]
  await sorted.retriever.find(lookup, signal)
  expect(sorted.questions.map(({ reranker }) => reranker)).toEqual(['up/sorts'])
  expect(await broken.retriever.find(lookup, signal)).toEqual({ hits: [], problems: [] })
  expect(broken.questions.map(({ reranker }) => reranker)).toEqual(['up/broken', undefined])
})

test('who stops waiting for a reranker is not searched for again', async () => {
  const stopped = new AbortController()
  const { questions, retriever } = retrieverWith({ reranker: 'up/broken' })
  stopped.abort(new Error('enough'))
  await expect(retriever.find(lookup, stopped.signal)).rejects.toThrow('enough')
  expect(questions).toHaveLength(1)
})
