import { expect, test } from 'vitest'
import type { ContentPart, PromptMessage } from '../../providers/spec/prompt.ts'
import { toEngineMessages } from './engine-messages.ts'

const text = (words: string): ContentPart => ({ type: 'text', text: words })
const call = (id: string, name: string, args: string): ContentPart => {
  return { type: 'tool-call', id, name, arguments: args }
}
const result = (callId: string, words: string, isError = false): ContentPart => {
  return { type: 'tool-result', callId, content: [text(words)], isError }
}

test('a round of tools keeps its calls, and each result the call it belongs to', () => {
  const messages: PromptMessage[] = [
    { role: 'system', content: [text('Be brief.')] },
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
    { role: 'user', content: [text('And now?')] }
  ]
  expect(toEngineMessages(messages)).toEqual([
    { role: 'system', text: 'Be brief.' },
    { role: 'user', text: 'Weather?' },
    {
      role: 'assistant',
      text: 'I look.',
      toolCalls: [
        { id: 'a', name: 'weather', arguments: '{"city":"Oslo"}' },
        { id: 'b', name: 'tides', arguments: '{}' }
      ]
    },
    { role: 'tool', callId: 'b', name: 'tides', text: 'Error: no such harbour' },
    { role: 'tool', callId: 'a', name: 'weather', text: '3 °C' },
    { role: 'user', text: 'And now?' }
  ])
})

test('a result whose call is not in the conversation is told in words', () => {
  const content = [result('lost', 'something'), text('And now?')]
  expect(toEngineMessages([{ role: 'user', content }])).toEqual([
    { role: 'user', text: '[a tool returned: something]' },
    { role: 'user', text: 'And now?' }
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
