import { describe, expect, test } from 'vitest'
import {
  hasOpenaiSchema,
  openaiSchemaProblems,
  openaiSchemaSuite
} from '../../../../test/conformance/openai-schema.ts'
import { HomeportError } from '../../../errors/homeport-error.ts'
import type { ChatEvent, ChatPart } from '../../../providers/spec/chat.ts'
import type { Json } from '../json-fields.ts'
import { createResponsesDialect } from './dialect.ts'
import { readMessages } from './messages.ts'
import { readParameters } from './parameters.ts'

const identity = { id: '0192f0c0ffee7000800000000000beef', model: 'acme/m1', created: 1_760_000_000 }
const noneBefore = { conversation: { items: [], own: [], wireInput: null, keepsPrevious: false } }
const usage = {
  input: { total: 12, noCache: 8, cacheRead: 4, cacheWrite5m: 0, cacheWrite1h: 0 },
  output: { total: 7, text: 4, reasoning: 3 }
}

/** What a client gets of these parts, streamed and plain; both must come to the same. */
function answer(parts: ChatPart[], body: Json = {}) {
  const kept: Json[] = []
  const dialect = createResponsesDialect((response) => void kept.push(response))
  const request = { model: 'acme/m1', input: 'Hello', ...body }
  const parameters = { ...readParameters(request), ...noneBefore }
  const writer = dialect.streamWriter(identity, parameters)
  const text = [...parts.map((part) => writer.event({ parts: [part] })), writer.end()].join('')
  const builder = dialect.answerBuilder(identity, parameters)
  builder.add({ parts })
  const plain = builder.build() as Json
  return { events: eventsOf(text), plain, kept: kept[0] ?? {} }
}

function eventsOf(stream: string): Json[] {
  return stream
    .split('\n\n')
    .filter((frame) => frame !== '')
    .map((frame) => {
      const [name, data] = frame.split('\n')
      const event: Json = JSON.parse(String(data).slice('data: '.length))
      expect(name).toBe(`event: ${event.type}`)
      return event
    })
}

const items = (response: Json): Json[] => response.output as Json[]
const withoutTime = ({ completed_at: _, ...rest }: Json): Json => rest

const text = (...texts: string[]): ChatPart[] => texts.map((each) => ({ type: 'text-delta', text: each }))
const call = (index: number, name: string, ...pieces: string[]): ChatPart[] => [
  { type: 'tool-call-start', index, id: `call_${index}`, name },
  ...pieces.map((piece): ChatPart => ({ type: 'tool-call-delta', index, arguments: piece }))
]
const finish = (reason: 'stop' | 'length' | 'tool-calls' | 'content-filter'): ChatPart[] => [
  { type: 'finish', reason },
  { type: 'usage', usage }
]
const anthropic = { vendor: 'anthropic', value: 'c2ln' } as const

const cases: Record<string, { parts: ChatPart[]; body?: Json }> = {
  text: { parts: [...text('Hel', 'lo'), ...finish('stop')] },
  nothing: { parts: finish('stop') },
  'reasoning, text and parallel calls whose pieces alternate': {
    parts: [
      { type: 'reasoning-delta', text: 'Let me ' },
      { type: 'reasoning-delta', text: 'think.' },
      { type: 'reasoning-signature', signature: anthropic },
      ...text('I look it up.'),
      ...call(0, 'weather', '{"city":'),
      ...call(1, 'weather', '{"city":"Rome"'),
      { type: 'tool-call-delta', index: 0, arguments: '"Oslo"}' },
      { type: 'tool-call-delta', index: 1, arguments: '}' },
      ...finish('tool-calls')
    ],
    body: {
      include: ['reasoning.encrypted_content'],
      tools: [{ type: 'function', name: 'weather', parameters: null, strict: null }],
      reasoning: { effort: 'low', summary: 'auto' }
    }
  },
  'a call that is signed itself': {
    parts: [
      {
        type: 'tool-call-start',
        index: 0,
        id: 'call_0',
        name: 'weather',
        signature: { vendor: 'google', value: 'Z29v' }
      },
      ...finish('tool-calls')
    ],
    body: { include: ['reasoning.encrypted_content'] }
  },
  'a custom tool': {
    parts: [...call(0, 'apply_patch', '{"input":"*** Begin', ' Patch"}'), ...finish('tool-calls')],
    body: { tools: [{ type: 'custom', name: 'apply_patch' }] }
  },
  'a tool of a namespace': {
    parts: [...call(0, 'mcp__github__search', '{}'), ...finish('tool-calls')],
    body: {
      tools: [
        {
          type: 'namespace',
          name: 'mcp__github',
          description: 'GitHub.',
          tools: [{ type: 'function', name: 'search', parameters: {}, strict: false }]
        }
      ]
    }
  },
  'an answer that was cut short': { parts: [...text('Once'), ...finish('length')] },
  'a filtered answer': { parts: finish('content-filter') },
  'a picture': { parts: [{ type: 'media', mediaType: 'image/png', data: 'iVBO' }, ...finish('stop')] },
  probabilities: {
    parts: [
      ...text('Hi'),
      {
        type: 'logprobs',
        tokens: [
          { token: 'Hi', logprob: -0.1, bytes: [72, 105], top: [{ token: 'Ho', logprob: -3, bytes: null }] }
        ]
      },
      ...finish('stop')
    ],
    body: { include: ['message.output_text.logprobs'] }
  }
}

describe.each(Object.entries(cases))('%s', (_, { parts, body }) => {
  test('comes to the same, streamed and plain', () => {
    const { events, plain } = answer(parts, body)
    const last = events.at(-1)?.response as Json
    expect(withoutTime(last)).toEqual(withoutTime(plain))
    expect(events.map((event) => event.sequence_number)).toEqual(events.map((_, index) => index))
  })

  test('has an event for each item that is added, and one when it is done', () => {
    const { events, plain } = answer(parts, body)
    const ofType = (type: string) => events.filter((event) => event.type === type)
    expect(ofType('response.output_item.added').map((event) => event.output_index)).toEqual(
      items(plain).map((_, index) => index)
    )
    const done = ofType('response.output_item.done').sort(
      (a, b) => Number(a.output_index) - Number(b.output_index)
    )
    expect(done.map((event) => event.item)).toEqual(items(plain))
  })
})

describe.skipIf(!hasOpenaiSchema)(openaiSchemaSuite, () => {
  test.each(Object.entries(cases))('%s fits', (_, { parts, body }) => {
    const { events, plain } = answer(parts, body)
    expect(openaiSchemaProblems('Response', plain)).toEqual([])
    for (const event of events)
      expect([event.type, openaiSchemaProblems('ResponseStreamEvent', event)]).toEqual([event.type, []])
  })
})

test('tells how a message is written, from its beginning to its end', () => {
  const { events } = answer(cases.text?.parts ?? [])
  expect(events.map(({ type }) => type)).toEqual([
    'response.created',
    'response.in_progress',
    'response.output_item.added',
    'response.content_part.added',
    'response.output_text.delta',
    'response.output_text.delta',
    'response.output_text.done',
    'response.content_part.done',
    'response.output_item.done',
    'response.completed'
  ])
  expect(events.at(0)?.response).toMatchObject({ status: 'in_progress', output: [] })
})

test('tells how reasoning and calls are written', () => {
  const { parts = [], body } = cases['reasoning, text and parallel calls whose pieces alternate'] ?? {}
  const { events, plain } = answer(parts, body)
  expect(events.slice(2, 8).map(({ type }) => type)).toEqual([
    'response.output_item.added',
    'response.reasoning_summary_part.added',
    'response.reasoning_summary_text.delta',
    'response.reasoning_summary_text.delta',
    'response.reasoning_summary_text.done',
    'response.reasoning_summary_part.done'
  ])
  expect(items(plain)).toMatchObject([
    {
      type: 'reasoning',
      summary: [{ type: 'summary_text', text: 'Let me think.' }],
      encrypted_content: 'hp1.anthropic.c2ln'
    },
    { type: 'message', content: [{ text: 'I look it up.' }] },
    { type: 'function_call', call_id: 'call_0', arguments: '{"city":"Oslo"}', status: 'completed' },
    { type: 'function_call', call_id: 'call_1', arguments: '{"city":"Rome"}', status: 'completed' }
  ])
  expect(plain.usage).toMatchObject({
    input_tokens: 12,
    input_tokens_details: { cached_tokens: 4 },
    output_tokens_details: { reasoning_tokens: 3 },
    total_tokens: 19
  })
})

test('keeps what vendors signed, and shows it only to a client that asked', () => {
  const parts = cases['reasoning, text and parallel calls whose pieces alternate']?.parts ?? []
  const { events, plain, kept } = answer(parts)
  expect(JSON.stringify([events, plain])).not.toContain('hp1.')
  expect(items(kept)[0]).toMatchObject({ encrypted_content: 'hp1.anthropic.c2ln' })
})

test.each([
  ['length', 'max_output_tokens'],
  ['content-filter', 'content_filter']
] as const)('an answer that ends for %s is incomplete', (reason, why) => {
  const { events, plain } = answer([...text('Once'), ...call(0, 'f', '{"a'), ...finish(reason)])
  expect(events.at(-1)?.type).toBe('response.incomplete')
  expect(plain).toMatchObject({ status: 'incomplete', incomplete_details: { reason: why } })
  expect(items(plain).at(-1)).toMatchObject({ type: 'function_call', status: 'incomplete', arguments: '{"a' })
})

test('a custom tool gets its input as text, whatever the model made of the JSON around it', () => {
  const tools = [{ type: 'custom', name: 'apply_patch' }]
  const { events, plain } = answer(cases['a custom tool']?.parts ?? [], { tools })
  expect(items(plain)).toMatchObject([
    { type: 'custom_tool_call', input: '*** Begin Patch', call_id: 'call_0' }
  ])
  expect(events.map(({ type }) => type)).toContain('response.custom_tool_call_input.done')
  const bare = answer([...call(0, 'apply_patch', '*** Begin'), ...finish('tool-calls')], { tools })
  expect(items(bare.plain)).toMatchObject([{ input: '*** Begin' }])
})

test('a tool of a namespace is called by both its names', () => {
  const { parts = [], body } = cases['a tool of a namespace'] ?? {}
  expect(items(answer(parts, body).plain)).toMatchObject([
    { type: 'function_call', namespace: 'mcp__github', name: 'search', call_id: 'call_0' }
  ])
})

test('what was answered can be said again: the next request means the same', () => {
  const parts: ChatPart[] = [
    { type: 'reasoning-delta', text: 'Hm.' },
    { type: 'reasoning-signature', signature: anthropic },
    { type: 'reasoning-signature', signature: { vendor: 'anthropic', value: 'cmVk' }, redacted: true },
    ...text('Looking.'),
    {
      type: 'tool-call-start',
      index: 0,
      id: 'call_0',
      name: 'weather',
      signature: { vendor: 'google', value: 'Z29v' }
    },
    { type: 'tool-call-delta', index: 0, arguments: '{}' },
    ...call(1, 'apply_patch', '{"input":"x"}'),
    ...finish('tool-calls')
  ]
  const { plain } = answer(parts, {
    include: ['reasoning.encrypted_content'],
    tools: [{ type: 'custom', name: 'apply_patch' }]
  })
  expect(readMessages(items(plain))).toEqual([
    {
      role: 'assistant',
      content: [
        { type: 'reasoning', text: 'Hm.', signature: anthropic },
        { type: 'reasoning', text: '', signature: { vendor: 'anthropic', value: 'cmVk' }, redacted: true },
        { type: 'text', text: 'Looking.' },
        {
          type: 'tool-call',
          id: 'call_0',
          name: 'weather',
          arguments: '{}',
          signature: { vendor: 'google', value: 'Z29v' }
        },
        { type: 'tool-call', id: 'call_1', name: 'apply_patch', arguments: '{"input":"x"}' }
      ]
    }
  ])
})

describe('a stream that fails', () => {
  const failed = new HomeportError('upstream-failed', 'acme.example broke off its answer.')
  const parameters = { ...readParameters({ model: 'm', input: 'x' }), ...noneBefore }

  test('ends with the error and the response as far as it came, never as complete', () => {
    const kept: Json[] = []
    const dialect = createResponsesDialect((response) => void kept.push(response))
    const writer = dialect.streamWriter(identity, parameters)
    const begun = eventsOf(writer.event({ parts: text('Hel') }))
    const [error, last] = eventsOf(dialect.streamError(failed, null))
    expect(error).toMatchObject({
      type: 'error',
      sequence_number: begun.length,
      code: 'upstream_failed',
      message: failed.message
    })
    expect(last).toMatchObject({
      type: 'response.failed',
      sequence_number: begun.length + 1,
      response: { status: 'failed', error: { code: 'server_error', message: failed.message } }
    })
    if (hasOpenaiSchema) {
      for (const event of [error, last])
        expect(openaiSchemaProblems('ResponseStreamEvent', event)).toEqual([])
    }
    expect(kept).toEqual([])
  })

  test('goes on counting where its upstream stopped', () => {
    const dialect = createResponsesDialect(() => {})
    const writer = dialect.wireWriter(parameters)
    const wire = (type: string, members: object): ChatEvent => ({
      parts: [],
      wireEvent: type,
      wire: JSON.stringify({ type, ...members })
    })
    const response = { id: 'resp_68f4', object: 'response', status: 'in_progress', output: [] }
    writer.event(wire('response.created', { response, sequence_number: 0 }))
    writer.event(wire('response.output_text.delta', { delta: 'Hi', sequence_number: 41 }))
    const [error, last] = eventsOf(dialect.streamError(failed, null))
    expect(error).toMatchObject({ type: 'error', sequence_number: 42 })
    expect(last).toMatchObject({
      type: 'response.failed',
      sequence_number: 43,
      response: { id: 'resp_68f4', status: 'failed' }
    })
  })

  test.each([
    ['rate-limited', 'rate_limit_exceeded'],
    ['context-overflow', 'context_length_exceeded'],
    ['bad-request', 'invalid_prompt'],
    ['timeout', 'server_error']
  ] as const)('for %s says %s, which clients act on', (code, wireCode) => {
    const dialect = createResponsesDialect(() => {})
    dialect.streamWriter(identity, parameters).event({ parts: [] })
    const events = eventsOf(dialect.streamError(new HomeportError(code, 'No.'), null))
    expect(events.at(-1)).toMatchObject({ response: { error: { code: wireCode } } })
  })
})
