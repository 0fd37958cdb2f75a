import { describe, expect, test } from 'vitest'
import type { Attributes, OtlpSpan } from './otlp-span.ts'
import { PARENT_ID, SPAN_ID, START_US, TRACE_ID } from './receive.test-support.ts'
import { mapSpan } from './semantic-span.ts'

const sent = (attributes: Attributes, more: Partial<OtlpSpan> = {}): OtlpSpan => ({
  traceId: TRACE_ID,
  id: SPAN_ID,
  parentId: PARENT_ID,
  name: 'span',
  startUs: START_US,
  endUs: START_US + 2000,
  failed: false,
  statusMessage: '',
  attributes,
  events: [],
  resource: {},
  ...more
})
const textsIn = (attributes: Attributes): unknown =>
  JSON.parse(mapSpan(sent(attributes), true).texts ?? 'null')

/** As opentelemetry-instrumentation-openai-v2 reports a chat with a tool, by 1.41. */
const chat: Attributes = {
  'gen_ai.operation.name': 'chat',
  'gen_ai.provider.name': 'openai',
  'gen_ai.request.model': 'gpt-4o',
  'gen_ai.response.model': 'gpt-4o-2024-08-06',
  'gen_ai.response.finish_reasons': ['tool_calls'],
  'gen_ai.response.time_to_first_chunk': 0.25,
  'gen_ai.usage.input_tokens': 100,
  'gen_ai.usage.output_tokens': 20,
  'gen_ai.usage.cache_read.input_tokens': 60,
  'gen_ai.usage.cache_creation.input_tokens': 10,
  'gen_ai.usage.reasoning.output_tokens': 5,
  'gen_ai.conversation.id': 'c-1',
  'gen_ai.system_instructions': '[{"type":"text","content":"Be brief."}]',
  'gen_ai.input.messages': JSON.stringify([
    { role: 'user', parts: [{ type: 'text', content: 'Weather in Oslo?' }] },
    {
      role: 'assistant',
      parts: [{ type: 'tool_call', id: 't1', name: 'weather', arguments: { city: 'Oslo' } }]
    },
    { role: 'tool', parts: [{ type: 'tool_call_response', id: 't1', response: 'rain' }] }
  ]),
  'gen_ai.output.messages': JSON.stringify([
    { role: 'assistant', parts: [{ type: 'text', content: 'It rains.' }], finish_reason: 'stop' }
  ])
}
const messages = [
  { role: 'system', content: 'Be brief.' },
  { role: 'user', content: 'Weather in Oslo?' },
  {
    role: 'assistant',
    content: '',
    tool_calls: [{ id: 't1', type: 'function', function: { name: 'weather', arguments: '{"city":"Oslo"}' } }]
  },
  { role: 'tool', content: 'rain', tool_call_id: 't1' }
]

/** The same as OpenInference reports it. */
const openInferenceChat: Attributes = {
  'openinference.span.kind': 'LLM',
  'llm.provider': 'OpenAI',
  'llm.model_name': 'gpt-4o',
  'llm.token_count.prompt': 100,
  'llm.token_count.completion': 20,
  'llm.token_count.prompt_details.cache_read': 60,
  'llm.token_count.prompt_details.cache_write': 10,
  'llm.token_count.completion_details.reasoning': 5,
  'llm.input_messages.0.message.role': 'system',
  'llm.input_messages.0.message.content': 'Be brief.',
  'llm.input_messages.1.message.role': 'user',
  'llm.input_messages.1.message.contents.0.message_content.type': 'text',
  'llm.input_messages.1.message.contents.0.message_content.text': 'Weather in Oslo?',
  'llm.input_messages.2.message.role': 'assistant',
  'llm.input_messages.2.message.tool_calls.0.tool_call.id': 't1',
  'llm.input_messages.2.message.tool_calls.0.tool_call.function.name': 'weather',
  'llm.input_messages.2.message.tool_calls.0.tool_call.function.arguments': '{"city":"Oslo"}',
  'llm.input_messages.3.message.role': 'tool',
  'llm.input_messages.3.message.content': 'rain',
  'llm.input_messages.3.message.tool_call_id': 't1',
  'llm.output_messages.0.message.role': 'assistant',
  'llm.output_messages.0.message.content': 'It rains.',
  'input.value': '{"messages":[]}',
  'output.value': '{"choices":[]}',
  'session.id': 'c-1'
}
const usage = {
  input: { total: 100, noCache: 30, cacheRead: 60, cacheWrite5m: 10, cacheWrite1h: 0 },
  output: { total: 20, text: 15, reasoning: 5 }
}

test.each([
  ['OpenTelemetry', chat, 'gpt-4o-2024-08-06'],
  ['OpenInference', openInferenceChat, 'gpt-4o']
])('reads a call by the conventions of %s', (_, attributes, providerModel) => {
  const mapped = mapSpan(sent(attributes), true)
  expect(mapped).toMatchObject({
    span: { kind: 'provider', startUs: START_US, durationUs: 2000, status: 'ok' },
    call: { provider: 'openai', model: 'gpt-4o', providerModel, usage },
    labels: { session: 'c-1' },
    question: 'Weather in Oslo?',
    request: JSON.stringify({ model: 'gpt-4o', messages }),
    response: 'It rains.'
  })
  expect(textsIn(attributes)).toEqual({
    'gen_ai.input.messages': messages,
    'gen_ai.output.messages': [{ role: 'assistant', content: 'It rains.' }]
  })
})

test('tells why a model stopped, and when its first words came', () => {
  expect(mapSpan(sent(chat), true).span).toMatchObject({
    note: 'tool_calls',
    firstTokenUs: START_US + 250_000
  })
})

describe.each([
  ['OpenTelemetry', chat],
  ['OpenInference', openInferenceChat]
])('without bodies, a span by the conventions of %s', (_, attributes) => {
  test('keeps its numbers and nothing that was said', () => {
    const mapped = mapSpan(sent(attributes), false)
    expect(mapped).toMatchObject({
      call: { usage },
      texts: null,
      request: null,
      response: null,
      question: null
    })
    expect(JSON.stringify(mapped)).not.toMatch(/Oslo|rain|brief|choices/)
  })
})

test.each<[string, Attributes, Attributes]>([
  ['of earlier names', { 'gen_ai.usage.prompt_tokens': 7, 'gen_ai.usage.completion_tokens': 3 }, {}],
  [
    'of later names',
    { 'gen_ai.usage.input_tokens': 7, 'gen_ai.usage.output_tokens': 3 },
    { 'gen_ai.usage.cache_write.input_tokens': 2 }
  ]
])('reads usage %s', (_, tokens, cached) => {
  const read = mapSpan(sent({ 'gen_ai.request.model': 'm', ...tokens, ...cached }), false).call?.usage
  expect(read).toMatchObject({
    input: { total: 7, cacheWrite5m: Object.keys(cached).length * 2 },
    output: { total: 3 }
  })
})

test('adds the cache to an input that is smaller than it', () => {
  const mapped = mapSpan(
    sent({
      'gen_ai.request.model': 'claude-sonnet-4-5',
      'gen_ai.usage.input_tokens': 3,
      'gen_ai.usage.output_tokens': 1,
      'gen_ai.usage.cache_read.input_tokens': 900
    }),
    false
  )
  expect(mapped.call?.usage?.input).toMatchObject({ total: 903, noCache: 3, cacheRead: 900 })
})

test('does not make up tokens', () => {
  const model = { 'openinference.span.kind': 'LLM', 'llm.model_name': 'm' }
  expect(mapSpan(sent({ ...model, 'llm.token_count.total': 9 }), false).call).toMatchObject({ usage: null })
  expect(mapSpan(sent({ ...model, 'llm.token_count.prompt': -1 }), false).call).toMatchObject({ usage: null })
})

test.each<[Attributes, string]>([
  [{ 'gen_ai.operation.name': 'embeddings' }, 'provider'],
  [{ 'gen_ai.operation.name': 'execute_tool' }, 'tool'],
  [{ 'gen_ai.operation.name': 'retrieval' }, 'retrieval'],
  [{ 'gen_ai.operation.name': 'invoke_agent' }, 'agent'],
  [{ 'gen_ai.operation.name': 'search_memory' }, 'memory'],
  [{ 'gen_ai.operation.name': 'constructor' }, 'other'],
  [{ 'openinference.span.kind': 'EMBEDDING' }, 'provider'],
  [{ 'openinference.span.kind': 'RETRIEVER' }, 'retrieval'],
  [{ 'openinference.span.kind': 'TOOL' }, 'tool'],
  [{ 'openinference.span.kind': 'AGENT' }, 'agent'],
  [{ 'openinference.span.kind': 'GUARDRAIL' }, 'guardrail'],
  [{ 'openinference.span.kind': 'CHAIN' }, 'other'],
  [{ 'http.request.method': 'GET' }, 'other']
])('a span with %o is of kind %s', (attributes, kind) => {
  expect(mapSpan(sent(attributes), true).span.kind).toBe(kind)
})

test('reads what a retriever was asked and found', () => {
  const attributes: Attributes = {
    'openinference.span.kind': 'RETRIEVER',
    'input.value': 'zeppelins',
    'retrieval.documents.0.document.id': 'd1',
    'retrieval.documents.0.document.content': 'Of airships.',
    'retrieval.documents.0.document.score': 0.9,
    'retrieval.documents.1.document.id': 7,
    'retrieval.documents.1.document.content': 'Of whales.'
  }
  expect(textsIn(attributes)).toEqual({
    'gen_ai.retrieval.query.text': 'zeppelins',
    'gen_ai.retrieval.documents': [
      { id: 'd1', score: 0.9, content: 'Of airships.' },
      { id: '7', score: null, content: 'Of whales.' }
    ]
  })
  expect(mapSpan(sent(attributes), true).span).toMatchObject({
    note: '2 documents',
    attributes: { 'openinference.span.kind': 'RETRIEVER' }
  })
})

test('reads what a tool was given and gave back', () => {
  expect(
    textsIn({ 'openinference.span.kind': 'TOOL', 'input.value': '{"city":"Oslo"}', 'output.value': 'rain' })
  ).toEqual({ 'gen_ai.tool.call.arguments': { city: 'Oslo' }, 'gen_ai.tool.call.result': 'rain' })
})

test('finds messages in the event that may hold them', () => {
  const { 'gen_ai.input.messages': input = null, ...rest } = chat
  const event = {
    name: 'gen_ai.client.inference.operation.details',
    timeUs: START_US,
    attributes: { 'gen_ai.input.messages': input }
  }
  expect(mapSpan(sent(rest, { events: [event] }), true).question).toBe('Weather in Oslo?')
})

test('says why a span failed, by its status or else by what was thrown', () => {
  const event = { name: 'exception', timeUs: START_US, attributes: { 'exception.message': 'no route' } }
  const failed = { failed: true, events: [event] }
  expect(mapSpan(sent({}, failed), true).span).toMatchObject({ status: 'error', note: 'no route' })
  expect(mapSpan(sent({}, { ...failed, statusMessage: 'timeout' }), true).span.note).toBe('timeout')
})

test('takes labels from the span and from the program', () => {
  const resource = { 'service.name': 'research', 'openinference.project.name': 'airships' }
  expect(mapSpan(sent({ 'tag.tags': ['a', 'b'] }, { resource }), true).labels).toEqual({
    feature: 'research',
    project: 'airships',
    session: null,
    tags: ['a', 'b']
  })
  expect(
    mapSpan(sent({}, { resource: { 'service.name': 'unknown_service:node' } }), true).labels.feature
  ).toBeNull()
})

test('keeps attributes in bounds', () => {
  const many = Object.fromEntries(Array.from({ length: 1000 }, (_, index) => [`a${index}`, 'x'.repeat(9000)]))
  const { attributes } = mapSpan(sent(many), true).span
  expect(Object.keys(attributes ?? {})).toHaveLength(256)
  expect(attributes?.a0).toBe('x'.repeat(2000))
})
