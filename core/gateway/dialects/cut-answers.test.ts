import { expect, test } from 'vitest'
import type { ChatEvent } from '../../providers/spec/chat.ts'
import { anthropicMessages } from './anthropic-messages/dialect.ts'
import type { StreamWriter } from './chat-dialect.ts'
import { googleEvents, googleList } from './google-generate/dialect.ts'
import type { Json } from './json-fields.ts'
import { ollamaChat, ollamaGenerate } from './ollama/dialect.ts'
import { openaiChat } from './openai-chat/dialect.ts'
import { openaiCompletions } from './openai-completions/dialect.ts'
import { createResponsesDialect } from './openai-responses/dialect.ts'
import { readParameters } from './openai-responses/parameters.ts'

// Streams of upstreams of the client's own dialect, which a budget ends in the middle.

const cut: ChatEvent = {
  parts: [
    {
      type: 'usage',
      usage: {
        input: { total: 10, noCache: 10, cacheRead: 0, cacheWrite5m: 0, cacheWrite1h: 0 },
        output: { total: 4, text: 4, reasoning: 0 }
      }
    },
    { type: 'finish', reason: 'length' }
  ],
  isCut: true
}

/** What is written after these events of the upstream, when the answer is cut: the objects on the wire. */
function endingAfter(writer: StreamWriter, events: readonly ChatEvent[]): Json[] {
  for (const event of events) writer.event(event)
  return objectsIn(writer.event(cut) + writer.end())
}

const objectsIn = (text: string): Json[] =>
  text
    .split('\n')
    .map((line) => line.replace(/^data: /, '').replace(/^,?\r?$/, ''))
    .filter((line) => line.startsWith('{'))
    .map((line) => JSON.parse(line))

const sent = (event: Json, parts: ChatEvent['parts'] = []): ChatEvent => ({
  parts,
  wire: JSON.stringify(event),
  ...(typeof event.type === 'string' && { wireEvent: event.type })
})

test("OpenAI's chunks end with a finish reason, usage where it was asked for, and the end mark", () => {
  const chunk = { id: 'chatcmpl-7', object: 'chat.completion.chunk', created: 5, model: 'gpt-4o' }
  const event = sent({ ...chunk, usage: null, choices: [{ index: 0, delta: { content: 'Hi' } }] })
  const parameters = { model: 'gpt-4o', stream: true, asFunctions: false }
  const writer = openaiChat.wireWriter({ ...parameters, includeUsage: true })
  expect(endingAfter(writer, [event])).toEqual([
    { ...chunk, choices: [{ index: 0, delta: {}, logprobs: null, finish_reason: 'length' }] },
    { ...chunk, choices: [], usage: expect.objectContaining({ prompt_tokens: 10, completion_tokens: 4 }) }
  ])
  const silent = openaiChat.wireWriter({ ...parameters, includeUsage: false })
  expect(endingAfter(silent, [event])).toHaveLength(1)
  expect(silent.end()).toBe('data: [DONE]\n\n')
})

test("OpenAI's old completions end likewise", () => {
  const chunk = { id: 'cmpl-7', object: 'text_completion', created: 5, model: 'davinci' }
  const writer = openaiCompletions.wireWriter({ model: 'davinci', stream: true, includeUsage: true })
  expect(endingAfter(writer, [sent({ ...chunk, choices: [{ index: 0, text: 'Hi' }] })])).toMatchObject([
    { ...chunk, choices: [{ index: 0, text: '', finish_reason: 'length' }] },
    { ...chunk, choices: [], usage: { completion_tokens: 4 } }
  ])
})

test("Anthropic's message closes the blocks that are open, and no others, and stops", () => {
  const writer = anthropicMessages.wireWriter({ model: 'claude', stream: true })
  const events = [
    sent({ type: 'message_start', message: { model: 'claude' } }),
    sent({ type: 'content_block_start', index: 0, content_block: { type: 'thinking' } }),
    sent({ type: 'content_block_stop', index: 0 }),
    sent({ type: 'content_block_start', index: 1, content_block: { type: 'text', text: '' } })
  ]
  expect(endingAfter(writer, events)).toMatchObject([
    { type: 'content_block_stop', index: 1 },
    {
      type: 'message_delta',
      delta: { stop_reason: 'max_tokens', stop_sequence: null },
      usage: { output_tokens: 4 }
    },
    { type: 'message_stop' }
  ])
})

test("Google's chunks end with MAX_TOKENS, as events and as a list", () => {
  const event = sent({
    candidates: [{ content: { parts: [{ text: 'Hi' }], role: 'model' }, index: 0 }],
    modelVersion: 'gemini-2.5-flash',
    responseId: 'r7'
  })
  const ending = {
    candidates: [{ finishReason: 'MAX_TOKENS', index: 0 }],
    usageMetadata: { candidatesTokenCount: 4 },
    modelVersion: 'gemini-2.5-flash',
    responseId: 'r7'
  }
  const parameters = { model: 'gemini-2.5-flash', stream: true }
  expect(endingAfter(googleEvents.wireWriter(parameters), [event])).toMatchObject([ending])
  const list = googleList.wireWriter(parameters)
  const body = list.event(event) + list.event(cut) + list.end()
  expect(JSON.parse(body)).toMatchObject([{ responseId: 'r7' }, ending])
})

test("Ollama's lines end with one that is done", () => {
  const parameters = {
    model: 'llama3',
    stream: true,
    think: null,
    canThink: false,
    runsHere: false,
    receivedAt: 0
  }
  const chat = ollamaChat.wireWriter(parameters)
  const line = { model: 'llama3', message: { role: 'assistant', content: 'Hi' }, done: false }
  const ending = { model: 'llama3', done: true, done_reason: 'length', eval_count: 4 }
  expect(endingAfter(chat, [sent(line)])).toMatchObject([{ ...ending, message: { content: '' } }])
  const generate = ollamaGenerate.wireWriter(parameters)
  expect(endingAfter(generate, [])).toMatchObject([{ ...ending, response: '' }])
})

test("OpenAI's response closes its open items and is incomplete, with all that was said", () => {
  const request = readParameters({ model: 'gpt-5', input: 'Hi', stream: true })
  const conversation = { items: [], own: [], wireInput: null, keepsPrevious: false }
  const writer = createResponsesDialect(() => {}).wireWriter({ ...request, conversation })
  const text = { type: 'output_text', text: '', annotations: [] }
  const message = { id: 'msg_1', type: 'message', role: 'assistant', status: 'in_progress', content: [] }
  const call = { id: 'fc_1', type: 'function_call', call_id: 'c', name: 'f', arguments: '' }
  const reasoning = { id: 'rs_1', type: 'reasoning', summary: [] }
  const events = [
    sent({ type: 'response.created', sequence_number: 0, response: { id: 'resp_7', status: 'in_progress' } }),
    sent({ type: 'response.output_item.added', output_index: 0, item: reasoning }),
    sent({ type: 'response.output_item.done', output_index: 0, item: reasoning }),
    sent({ type: 'response.output_item.added', output_index: 1, item: message }),
    sent({ type: 'response.content_part.added', output_index: 1, content_index: 0, part: text }),
    sent({ type: 'response.output_text.delta', output_index: 1, delta: 'Hi' }, [
      { type: 'text-delta', text: 'Hi' }
    ]),
    sent({ type: 'response.output_item.added', output_index: 2, item: call }),
    sent(
      {
        type: 'response.function_call_arguments.delta',
        output_index: 2,
        delta: '{"a',
        sequence_number: 7
      },
      [{ type: 'tool-call-delta', index: 0, arguments: '{"a' }]
    )
  ]
  const said = { ...message, status: 'incomplete', content: [{ ...text, text: 'Hi' }] }
  const called = { ...call, status: 'incomplete', arguments: '{"a' }
  const ending = endingAfter(writer, events)
  expect(ending).toMatchObject([
    { type: 'response.output_text.done', item_id: 'msg_1', content_index: 0, text: 'Hi' },
    { type: 'response.content_part.done', part: { text: 'Hi' } },
    { type: 'response.output_item.done', output_index: 1, item: said },
    { type: 'response.function_call_arguments.done', item_id: 'fc_1', arguments: '{"a' },
    { type: 'response.output_item.done', output_index: 2, item: called },
    {
      type: 'response.incomplete',
      response: {
        id: 'resp_7',
        status: 'incomplete',
        incomplete_details: { reason: 'max_output_tokens' },
        output: [reasoning, said, called],
        usage: { output_tokens: 4 }
      }
    }
  ])
  expect(ending.map(({ sequence_number: number }) => number)).toEqual([8, 9, 10, 11, 12, 13])
})
