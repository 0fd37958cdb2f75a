import { expect, test } from 'vitest'
import { readConversations } from './locomo.ts'

const sample = {
  sample_id: 'conv-1',
  conversation: {
    speaker_a: 'Ann',
    session_1_date_time: '1:56 pm on 8 May, 2023',
    session_1: [
      { speaker: 'Ann', dia_id: 'D1:1', text: 'Look!', blip_caption: 'a photo of a red boat' },
      { speaker: 'Ben', dia_id: 'D1:2', text: 'Nice.' }
    ],
    session_2_date_time: '9:00 am on 1 June, 2023',
    session_3_date_time: '10:00 am on 2 June, 2023',
    session_3: [{ speaker: 'Ben', dia_id: 'D3:1', text: 'I sold it.' }]
  },
  observation: { session_1_observation: { Ann: [['Ann has a boat.', ['D1:1', 'D1:2']]] } },
  qa: [
    { question: 'What happened to the boat?', category: 1, evidence: ['D1:01; D:3:1', 'D9:9'] },
    { question: 'Nothing answers this?', category: 4, evidence: [] }
  ]
}

test('reads turns with their speaker, date, picture and facts, past sessions that are empty', () => {
  const [conversation] = readConversations(JSON.stringify([sample]))
  expect(conversation?.turns).toEqual([
    {
      id: 'D1:1',
      session: 1,
      speaker: 'Ann',
      text: 'Look! [shares a photo of a red boat]',
      date: '8 May, 2023',
      at: Date.UTC(2023, 4, 8, 13, 56),
      facts: ['Ann has a boat.']
    },
    expect.objectContaining({ id: 'D1:2', text: 'Nice.', facts: ['Ann has a boat.'] }),
    expect.objectContaining({ id: 'D3:1', session: 3, date: '2 June, 2023', facts: [] })
  ])
})

test('keeps the questions that a turn answers, with the turns they name in any form', () => {
  const [conversation] = readConversations(JSON.stringify(sample))
  expect(conversation?.questions).toEqual([
    { text: 'What happened to the boat?', category: 1, evidence: ['D1:1', 'D3:1'] }
  ])
})

test('says that a file without observations has no facts', () => {
  const { observation: _, ...bare } = sample
  expect(readConversations(JSON.stringify([bare]))[0]?.hasFacts).toBe(false)
  expect(readConversations(JSON.stringify([sample]))[0]?.hasFacts).toBe(true)
})
