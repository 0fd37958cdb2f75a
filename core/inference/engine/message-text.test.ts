import { expect, test } from 'vitest'
import type { ContentPart, PromptMessage } from '../../providers/spec/prompt.ts'
import { toEngineMessages } from './message-text.ts'

const text = (words: string): ContentPart => ({ type: 'text', text: words })
const call = (id: string, name: string, args: string): ContentPart => {
  return { type: 'tool-call', id, name, arguments: args }
}
const result = (callId: string, words: string, isError = false): ContentPart => {
  return { type: 'tool-result', callId, content: [text(words)], isError }
}

test('a round of tools is told in words, each call and result on its line', () => {
  const messages: PromptMessage[] = [
    { role: 'user', content: [text('Weather?')] },
    {
      role: 'assistant',
      content: [
        { type: 'reasoning', text: 'I should look.' },
        text('I '),
        text('look.'),
        call('a', 'weather', '{"city":"Oslo"}'),
        call('b', 'tides', '')
      ]
    },
    { role: 'tool', content: [result('b', 'no such harbour', true), result('a', '3 °C')] },
    { role: 'user', content: [result('lost', 'something'), text('And now?')] }
  ]
  expect(toEngineMessages(messages)).toEqual([
    { role: 'user', text: 'Weather?' },
    {
      role: 'assistant',
      text: 'I look.\n[called weather with {"city":"Oslo"}]\n[called tides with {}]'
    },
    { role: 'user', text: '[tides failed: no such harbour]\n[weather returned: 3 °C]' },
    { role: 'user', text: '[the tool returned: something]\nAnd now?' }
  ])
})

test('a picture is refused, also in the result of a tool', () => {
  const picture: ContentPart = { type: 'image', source: { kind: 'url', url: 'https://example.com/a.png' } }
  const shown: ContentPart = { type: 'tool-result', callId: 'a', content: [picture], isError: false }
  for (const message of [
    { role: 'user' as const, content: [picture] },
    { role: 'tool' as const, content: [shown] }
  ]) {
    expect(() => toEngineMessages([message])).toThrow('On-device models read text only, not image.')
  }
})
