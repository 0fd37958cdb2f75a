import { expect, it } from 'vitest'
import type { ChatEvent, ChatPart } from '../../../providers/spec/chat.ts'
import { googleEvents, googleList } from './dialect.ts'

const identity = { id: 'abc', model: 'acme/m1', created: 1 }
const parameters = { model: 'acme/m1', stream: true }

const events = (...parts: ChatPart[]): ChatEvent[] => parts.map((part) => ({ parts: [part] }))
const usage = {
  input: { total: 12, noCache: 8, cacheRead: 4, cacheWrite5m: 0, cacheWrite1h: 0 },
  output: { total: 7, text: 4, reasoning: 3 }
}
const answer = events(
  { type: 'reasoning-delta', text: 'h' },
  { type: 'reasoning-delta', text: 'm' },
  { type: 'text-delta', text: 'He' },
  { type: 'text-delta', text: 'llo' },
  { type: 'tool-call-start', index: 0, id: 'a', name: 'f', signature: { vendor: 'google', value: 's' } },
  { type: 'tool-call-start', index: 1, id: 'b', name: 'g' },
  { type: 'tool-call-delta', index: 1, arguments: '{"y"' },
  { type: 'tool-call-delta', index: 0, arguments: '{"x":1}' },
  { type: 'tool-call-delta', index: 1, arguments: ':2}' },
  { type: 'finish', reason: 'tool-calls' },
  { type: 'usage', usage }
)
const calls = [
  { functionCall: { id: 'a', name: 'f', args: { x: 1 } }, thoughtSignature: 's' },
  { functionCall: { id: 'b', name: 'g', args: { y: 2 } } }
]

function built(list: readonly ChatEvent[]) {
  const builder = googleEvents.answerBuilder(identity, parameters)
  for (const event of list) builder.add(event)
  return builder.build()
}
function streamed(list: readonly ChatEvent[], dialect = googleEvents) {
  const writer = dialect.streamWriter(identity, parameters)
  return list.map((event) => writer.event(event)).join('') + writer.end()
}
const chunksOf = (text: string) =>
  text
    .split('\n\n')
    .filter(Boolean)
    .map((block) => JSON.parse(block.slice('data: '.length)))

it('gathers an answer into one object, with whole calls and counts as Google has them', () => {
  expect(built(answer)).toEqual({
    candidates: [
      {
        content: { role: 'model', parts: [{ text: 'hm', thought: true }, { text: 'Hello' }, ...calls] },
        finishReason: 'STOP',
        index: 0
      }
    ],
    modelVersion: 'acme/m1',
    responseId: 'abc',
    usageMetadata: {
      promptTokenCount: 12,
      cachedContentTokenCount: 4,
      candidatesTokenCount: 4,
      thoughtsTokenCount: 3,
      totalTokenCount: 19
    }
  })
})

it('streams texts as they come and calls when they are whole', () => {
  const chunks = chunksOf(streamed(answer))
  expect(chunks.map(({ candidates }) => candidates[0].content.parts)).toEqual([
    [{ text: 'h', thought: true }],
    [{ text: 'm', thought: true }],
    [{ text: 'He' }],
    [{ text: 'llo' }],
    calls
  ])
  expect(chunks.slice(0, -1).some(({ candidates }) => candidates[0].finishReason !== undefined)).toBe(false)
  expect(chunks.at(-1)).toMatchObject({
    candidates: [{ finishReason: 'STOP' }],
    usageMetadata: { totalTokenCount: 19 }
  })
})

it('streams one valid list where no events are asked for', () => {
  const text = streamed(answer, googleList)
  expect(JSON.parse(text)).toEqual(chunksOf(streamed(answer)))
  const writer = googleList.wireWriter(parameters)
  const wires = ['{"a":1}', '{"b":2}'].map((wire) => writer.event({ parts: [], wire }))
  expect(JSON.parse(wires.join('') + writer.end())).toEqual([{ a: 1 }, { b: 2 }])
  expect(JSON.parse(googleList.wireWriter(parameters).end())).toEqual([])
})

it.each([
  ['stop', 'STOP'],
  ['length', 'MAX_TOKENS'],
  ['content-filter', 'SAFETY'],
  ['other', 'OTHER']
] as const)('finishes %s as %s', (reason, finishReason) => {
  expect(built(events({ type: 'finish', reason }))).toMatchObject({ candidates: [{ finishReason }] })
})

it.each(['{"x":', '[1]', '"x"'])('calls arguments like %s malformed, and keeps them in words', (text) => {
  const list = events(
    { type: 'tool-call-start', index: 0, id: 'a', name: 'f' },
    { type: 'tool-call-delta', index: 0, arguments: text },
    { type: 'tool-call-start', index: 1, id: 'b', name: 'g' }
  )
  expect(built(list)).toMatchObject({
    candidates: [
      {
        content: { parts: [{ functionCall: { id: 'b', name: 'g', args: {} } }] },
        finishReason: 'MALFORMED_FUNCTION_CALL',
        finishMessage: `Malformed function call: f(${text})`
      }
    ]
  })
})

it('hands on no signature of another vendor, which Google would refuse when it comes back', () => {
  const foreign = { vendor: 'anthropic' as const, value: 'x' }
  const own = { vendor: 'google' as const, value: 'y' }
  const list = events(
    { type: 'reasoning-delta', text: 'hm' },
    { type: 'reasoning-signature', signature: foreign },
    { type: 'text-delta', text: 'so' },
    { type: 'reasoning-signature', signature: own, redacted: true },
    { type: 'tool-call-start', index: 0, id: 'a', name: 'f', signature: foreign }
  )
  expect(built(list)).toMatchObject({
    candidates: [
      {
        content: {
          parts: [
            { text: 'hm', thought: true },
            { text: 'so' },
            { text: '', thoughtSignature: 'y' },
            { functionCall: { id: 'a', name: 'f', args: {} } }
          ]
        }
      }
    ]
  })
  expect(JSON.stringify(built(list))).not.toContain('"x"')
})

it('seals a thought with its own signature', () => {
  const list = events(
    { type: 'reasoning-delta', text: 'hm' },
    { type: 'reasoning-signature', signature: { vendor: 'google', value: 'y' } },
    { type: 'reasoning-delta', text: 'next' }
  )
  expect(built(list)).toMatchObject({
    candidates: [
      {
        content: {
          parts: [
            { text: 'hm', thought: true, thoughtSignature: 'y' },
            { text: 'next', thought: true }
          ]
        }
      }
    ]
  })
})

it('carries pictures and the probabilities of tokens', () => {
  const token = (text: string) => ({
    token: text,
    logprob: -1,
    bytes: null,
    top: [{ token: 'z', logprob: -2, bytes: null }]
  })
  const list = events(
    { type: 'media', mediaType: 'image/png', data: 'AA==' },
    { type: 'logprobs', tokens: [token('a')] },
    { type: 'logprobs', tokens: [token('b')] }
  )
  expect(built(list)).toMatchObject({
    candidates: [
      {
        content: { parts: [{ inlineData: { mimeType: 'image/png', data: 'AA==' } }] },
        logprobsResult: {
          chosenCandidates: [
            { token: 'a', logProbability: -1 },
            { token: 'b', logProbability: -1 }
          ],
          topCandidates: [
            { candidates: [{ token: 'z', logProbability: -2 }] },
            { candidates: [{ token: 'z' }] }
          ]
        }
      }
    ]
  })
})
