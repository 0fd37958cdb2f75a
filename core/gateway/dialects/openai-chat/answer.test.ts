import { describe, expect, test } from 'vitest'
import {
  hasOpenaiSchema,
  openaiSchemaProblems,
  openaiSchemaSuite
} from '../../../../test/conformance/openai-schema.ts'
import type { ChatPart } from '../../../providers/spec/chat.ts'
import { ChunkEncoder } from './chunks.ts'
import { CompletionBuilder } from './completion.ts'

const identity = { id: '1', model: 'acme/m1', created: 1_750_000_000 }
const usage: ChatPart = {
  type: 'usage',
  usage: {
    input: { total: 20, noCache: 8, cacheRead: 4, cacheWrite5m: 5, cacheWrite1h: 3 },
    output: { total: 7, text: 4, reasoning: 3 }
  }
}
const text = (value: string): ChatPart => ({ type: 'text-delta', text: value })
const thought = (value: string): ChatPart => ({ type: 'reasoning-delta', text: value })
const finish = (reason: 'stop' | 'tool-calls'): ChatPart => ({ type: 'finish', reason })
const token = { token: 'Hi', logprob: -0.1, bytes: [72, 105] }

/** The answer of these events, one part each, streamed. */
function chunksOf(parts: ChatPart[], { asFunctions = false } = {}) {
  const encoder = new ChunkEncoder(identity, { includeUsage: true, asFunctions })
  return [...parts.flatMap((part) => encoder.encode({ parts: [part] })), ...encoder.end()].map((chunk) =>
    JSON.parse(chunk)
  )
}
const deltasOf = (parts: ChatPart[], options = {}) =>
  chunksOf(parts, options)
    .flatMap(({ choices }) => choices)
    .map(({ delta }) => delta)
    .filter((delta) => delta.role === undefined && Object.keys(delta).length > 0)

function completionOf(parts: ChatPart[], { asFunctions = false } = {}) {
  const builder = new CompletionBuilder(identity, { asFunctions })
  for (const part of parts) builder.add({ parts: [part] })
  return JSON.parse(JSON.stringify(builder.build()))
}
const choiceOf = (parts: ChatPart[], options = {}) => completionOf(parts, options).choices[0]

const parallelCalls: ChatPart[] = [
  text('Let me see.'),
  { type: 'tool-call-start', index: 0, id: 'a', name: 'add', signature: { vendor: 'google', value: 'sig' } },
  { type: 'tool-call-start', index: 1, id: 'b', name: 'sub' },
  { type: 'tool-call-delta', index: 1, arguments: '{"y"' },
  { type: 'tool-call-delta', index: 0, arguments: '{"x":1}' },
  { type: 'tool-call-delta', index: 1, arguments: ':2}' },
  finish('tool-calls'),
  usage
]
const signedReasoning: ChatPart[] = [
  thought('First '),
  thought('this.'),
  { type: 'reasoning-signature', signature: { vendor: 'anthropic', value: 's1' } },
  { type: 'reasoning-signature', signature: { vendor: 'anthropic', value: 'blob' }, redacted: true },
  thought('Then that.'),
  { type: 'reasoning-signature', signature: { vendor: 'anthropic', value: 's2' } },
  text('Done.'),
  finish('stop')
]
const picture: ChatPart[] = [
  text('Here:'),
  { type: 'media', mediaType: 'image/png', data: 'iVBORw0=' },
  finish('stop')
]
const probable: ChatPart[] = [
  text('Hi'),
  { type: 'logprobs', tokens: [{ ...token, top: [token] }] },
  finish('stop')
]

test('tool calls are told apart by their index, named once, their arguments piece by piece', () => {
  const signature = { extra_content: { google: { thought_signature: 'sig' } } }
  const call = (id: string, name: string) => ({ id, type: 'function', function: { name, arguments: '' } })
  expect(deltasOf(parallelCalls).slice(1)).toEqual([
    { tool_calls: [{ index: 0, ...call('a', 'add'), ...signature }] },
    { tool_calls: [{ index: 1, ...call('b', 'sub') }] },
    { tool_calls: [{ index: 1, function: { arguments: '{"y"' } }] },
    { tool_calls: [{ index: 0, function: { arguments: '{"x":1}' } }] },
    { tool_calls: [{ index: 1, function: { arguments: ':2}' } }] }
  ])
  expect(choiceOf(parallelCalls)).toMatchObject({
    message: {
      content: 'Let me see.',
      tool_calls: [
        { id: 'a', type: 'function', function: { name: 'add', arguments: '{"x":1}' }, ...signature },
        { id: 'b', type: 'function', function: { name: 'sub', arguments: '{"y":2}' } }
      ]
    },
    finish_reason: 'tool_calls'
  })
})

test('an answer of tool calls alone has no content', () => {
  expect(choiceOf(parallelCalls.slice(1)).message.content).toBeNull()
})

test('a client of functions gets the first call as one', () => {
  const asFunctions = { asFunctions: true }
  expect(deltasOf(parallelCalls, asFunctions).slice(1)).toEqual([
    { function_call: { name: 'add', arguments: '' } },
    { function_call: { arguments: '{"x":1}' } }
  ])
  expect(choiceOf(parallelCalls, asFunctions)).toMatchObject({
    message: { function_call: { name: 'add', arguments: '{"x":1}' } },
    finish_reason: 'function_call'
  })
})

test('a signature comes with all the text it is for', () => {
  const format = 'anthropic-claude-v1'
  const details = [
    { type: 'reasoning.text', text: 'First this.', signature: 's1', format, index: 0 },
    { type: 'reasoning.encrypted', data: 'blob', format, index: 1 },
    { type: 'reasoning.text', text: 'Then that.', signature: 's2', format, index: 2 }
  ]
  expect(deltasOf(signedReasoning).flatMap((delta) => delta.reasoning_details ?? [])).toEqual(details)
  expect(choiceOf(signedReasoning).message).toMatchObject({
    content: 'Done.',
    reasoning_content: 'First this.Then that.',
    reasoning_details: details
  })
})

test('a picture stands beside the text', () => {
  const image = { type: 'image_url', image_url: { url: 'data:image/png;base64,iVBORw0=' }, index: 0 }
  expect(deltasOf(picture)).toEqual([{ content: 'Here:' }, { images: [image] }])
  expect(choiceOf(picture).message).toMatchObject({ content: 'Here:', images: [image] })
})

test('probabilities come with the text they are of', () => {
  const encoder = new ChunkEncoder(identity, { includeUsage: false, asFunctions: false })
  const chunks = encoder.encode({ parts: probable }).map((chunk) => JSON.parse(chunk).choices[0])
  const logprobs = { content: [{ ...token, top_logprobs: [token] }], refusal: null }
  expect(chunks.at(-1)).toMatchObject({ delta: { content: 'Hi' }, logprobs })
  expect(choiceOf(probable).logprobs).toEqual(logprobs)
})

test('what was written to a cache is counted', () => {
  expect(completionOf([text('x'), usage]).usage).toMatchObject({
    prompt_tokens: 20,
    total_tokens: 27,
    prompt_tokens_details: { cached_tokens: 4, cache_write_tokens: 8 }
  })
})

describe.skipIf(!hasOpenaiSchema)(openaiSchemaSuite, () => {
  test.each<[string, ChatPart[], boolean]>([
    ['text', [text('Hi'), finish('stop'), usage], false],
    ['nothing', [], false],
    ['parallel tool calls', parallelCalls, false],
    ['a function call', parallelCalls, true],
    ['signed reasoning', signedReasoning, false],
    ['a picture', picture, false],
    ['probabilities', probable, false]
  ])('an answer of %s is valid, plain and streamed', (_, parts, asFunctions) => {
    for (const chunk of chunksOf(parts, { asFunctions })) {
      expect(openaiSchemaProblems('CreateChatCompletionStreamResponse', chunk)).toEqual([])
    }
    expect(
      openaiSchemaProblems('CreateChatCompletionResponse', completionOf(parts, { asFunctions }))
    ).toEqual([])
  })
})
