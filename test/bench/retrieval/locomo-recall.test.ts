import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { openBuiltInEmbedder } from '../../../core/retrieval/embedders/built-in.ts'
import { type Conversation, readConversations } from './locomo.ts'
import { askConversations, type LocomoOptions, locomoReport } from './locomo-recall.ts'

const turn = (id: string, text: string) => ({ speaker: 'Ann', dia_id: id, text })
const conversation = (qa: object[], observation = {}): Conversation[] =>
  readConversations(
    JSON.stringify({
      conversation: {
        session_1_date_time: '1:56 pm on 8 May, 2023',
        session_1: [
          turn('D1:1', 'We painted the fence green on Sunday.'),
          turn('D1:2', 'The dentist moved my appointment.'),
          turn('D1:3', 'My brother plays the trumpet in Lisbon.')
        ]
      },
      observation,
      qa
    })
  )

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'homeport-locomo-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

const options = (changed: Partial<LocomoOptions> = {}): LocomoOptions => ({
  folder,
  embedder: openBuiltInEmbedder(),
  wordsOnly: false,
  facts: false,
  every: 1,
  ...changed
})

test('finds the turn that answers, and counts questions with a wrong premise apart', async () => {
  const conversations = conversation([
    { question: 'Who plays the trumpet?', category: 4, evidence: ['D1:3'] },
    { question: 'Which colour did Ann give the fence?', category: 5, evidence: ['D1:1'] }
  ])
  const report = locomoReport(await askConversations(conversations, options()))
  expect(report).toMatchObject({ questions: 1, r5: 100, mrr: 100 })
  expect(report.perCategory['5']).toMatchObject({ questions: 1, r5: 100 })
})

test('finds a turn by a fact only where facts are searched', async () => {
  const qa = [{ question: 'zucchini', category: 1, evidence: ['D1:2'] }]
  const observation = { session_1_observation: { Ann: [['Ann grows zucchini.', 'D1:2']] } }
  const conversations = conversation(qa, observation)
  const found = async (facts: boolean) =>
    locomoReport(await askConversations(conversations, options({ facts, wordsOnly: true }))).r20
  expect([await found(false), await found(true)]).toEqual([0, 100])
})

test('asks a sample of the questions', async () => {
  const qa = Array.from({ length: 5 }, () => ({ question: 'trumpet', category: 1, evidence: ['D1:3'] }))
  expect(await askConversations(conversation(qa), options({ every: 2 }))).toHaveLength(3)
})
