import { expect, it } from 'vitest'
import { attributeText, spanContents, startWords } from './span-words.ts'

it.each([
  [0, 'with the call'],
  [1_200_000, '1.20 s into the call'],
  [-30_000, '30 ms before the call']
])('says when a span began that came %d µs after the call', (startUs, words) => {
  expect(startWords(startUs)).toBe(words)
})

it('shows values as they are read', () => {
  expect(attributeText('plain')).toBe('plain')
  expect(attributeText('{"a":1}')).toBe('{\n  "a": 1\n}')
  expect(attributeText([1])).toBe('[\n  1\n]')
  expect(attributeText(0.5)).toBe('0.5')
})

it('tells what was said in a span from what else is known of it', () => {
  const messages = [{ role: 'user', content: 'Hi' }]
  const span = {
    id: 'a',
    parentId: null,
    name: 'chat',
    kind: 'provider',
    startUs: 0,
    durationUs: 1,
    status: 'ok',
    note: null,
    firstTokenUs: null,
    attributes: { 'gen_ai.input.messages': messages, 'gen_ai.output.messages': 'cut', 'gen_ai.system': 'x' }
  } as const
  expect(spanContents(span)).toEqual({
    texts: [{ title: 'Asked', messages: [{ role: 'user', parts: [{ type: 'text', text: 'Hi' }] }] }],
    attributes: [
      ['gen_ai.output.messages', 'cut'],
      ['gen_ai.system', 'x']
    ]
  })
})
