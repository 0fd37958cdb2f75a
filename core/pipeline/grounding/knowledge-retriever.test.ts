import { expect, test } from 'vitest'
import type { SearchAnswer } from '../../contract/knowledge.ts'
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

function retrieverWith(rewriter: string | null) {
  const questions: KnowledgeQuestion[] = []
  const knowledge = {
    sources: () => [],
    async search(question: KnowledgeQuestion) {
      questions.push(question)
      return nothing
    }
  }
  const staysHere = (model: string) => model.startsWith('on-device/')
  return { questions, retriever: knowledgeRetriever({ knowledge, staysHere, rewriter: () => rewriter }) }
}

test('a model puts questions in other words only where one was chosen', async () => {
  const [chosen, none] = [retrieverWith('up/small'), retrieverWith(null)]
  await chosen.retriever.find(lookup, signal)
  await none.retriever.find(lookup, signal)
  expect(chosen.questions).toMatchObject([{ text: 'bread?', rewriter: 'up/small' }])
  expect(none.questions[0]?.rewriter).toBeUndefined()
})

test('a question that stays on this machine is put in other words here or not at all', async () => {
  const [elsewhere, here] = [retrieverWith('up/small'), retrieverWith('on-device/small')]
  await elsewhere.retriever.find({ ...lookup, onDeviceOnly: true }, signal)
  await here.retriever.find({ ...lookup, onDeviceOnly: true }, signal)
  expect(elsewhere.questions[0]?.rewriter).toBeUndefined()
  expect(here.questions[0]?.rewriter).toBe('on-device/small')
})
