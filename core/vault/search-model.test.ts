import { expect, test } from 'vitest'
import { hitOf } from '../contract/knowledge.test-support.ts'
import type { SearchHit } from '../contract/knowledge.ts'
import type { ChatCall, ChatRequest } from '../providers/spec/chat.ts'
import { createSearchModel } from './search-model.ts'

const flour = (changed: Partial<SearchHit> = {}) =>
  hitOf({ text: 'Flour.\nSalt.', modifiedAt: 0, ...changed })

async function answerOf(
  passages: SearchHit[],
  { hasSources = true, ...asked }: Partial<ChatRequest> & { hasSources?: boolean } = {}
) {
  const call: ChatCall = {
    model: 'search',
    stream: true,
    request: () => ({ messages: [], output: 'text', unmapped: [], ...asked }),
    wire: null,
    signal: new AbortController().signal,
    passages
  }
  const { events, warnings } = await createSearchModel({ hasSources: () => hasSources }).chat(call)
  const texts: string[] = []
  const kinds = new Set<string>()
  for await (const { parts } of events) {
    for (const part of parts) {
      kinds.add(part.type)
      if (part.type === 'text-delta') texts.push(part.text)
    }
  }
  return { texts, text: texts.join(''), kinds: [...kinds], warnings }
}

test('quotes passages with their places and numbers, one piece after the other, and says what it is', async () => {
  const { text, texts, kinds } = await answerOf([
    flour(),
    flour({ path: 'Trip.pdf', title: 'Trip', headings: [], page: 4 })
  ])
  expect(text).toContain('not a language model')
  expect(text).toContain('**Bread › Dough** (Food/Bread.md) [1]\n\n> Flour.\n> Salt.')
  expect(text).toContain('**Trip** (Trip.pdf, page 4) [2]')
  expect(texts).toHaveLength(3)
  expect(kinds).toEqual(['text-delta', 'usage', 'finish'])
})

test('quotes of a long passage the part where most of what was asked for stands', async () => {
  const text = `${'before '.repeat(300)}needle and needle ${'after '.repeat(300)}`
  const at = text.indexOf('needle')
  const answer = await answerOf([
    flour({
      text,
      highlights: [
        [0, 6],
        [at, at + 6],
        [at + 11, at + 17]
      ]
    })
  ])
  expect(answer.text).toMatch(/> … (before )+needle and needle (after )+(after)? …$/)
  expect(answer.text.length).toBeLessThan(1100)
})

test('says so where nothing was found, and where there is nothing to search', async () => {
  expect((await answerOf([])).text).toMatch(/^Nothing in your notes is near enough/)
  expect((await answerOf([], { hasSources: false })).text).toMatch(/^There is nothing to search yet/)
})

test('names what a search cannot do', async () => {
  const tools = [{ name: 'f', parameters: null }]
  expect((await answerOf([], { tools, output: 'json' })).warnings).toHaveLength(2)
})

test('is in lists while there is something to search', () => {
  const ids = (has: boolean) =>
    createSearchModel({ hasSources: () => has })
      .listModels()
      .map(({ id }) => id)
  expect([ids(true), ids(false)]).toEqual([['search'], []])
})
