import { describe, expect, it } from 'vitest'
import type { ChatRequest } from '../spec/chat.ts'
import type { ContentPart, PromptMessage } from '../spec/prompt.ts'
import { callOf } from './cohere.test-support.ts'
import { writeRequest } from './request-body.ts'

function written(request: Partial<ChatRequest>, safetyMode?: string, model = 'command-a-03-2025') {
  const { bytes, warnings } = writeRequest(callOf({ model }, request), safetyMode)
  return { body: JSON.parse(bytes.toString()), warnings }
}
const text = (words: string): ContentPart => ({ type: 'text', text: words })
const user = (...content: ContentPart[]): PromptMessage => ({ role: 'user', content })
const base64 = (words: string) => Buffer.from(words).toString('base64')

describe('messages', () => {
  it('are texts where they hold nothing else', () => {
    const messages: PromptMessage[] = [
      { role: 'system', content: [text('Be short.')] },
      user(text('Hel'), text('lo'))
    ]
    expect(written({ messages }).body).toEqual({
      model: 'command-a-03-2025',
      messages: [
        { role: 'system', content: 'Be short.' },
        { role: 'user', content: 'Hello' }
      ]
    })
  })

  it('carry pictures, and text documents beside them', () => {
    const notes = { kind: 'base64', mediaType: 'text/plain', data: base64('Tide tables') } as const
    const { body, warnings } = written({
      messages: [
        user(
          text('What is this?'),
          { type: 'image', source: { kind: 'base64', mediaType: 'image/png', data: 'AAAA' }, detail: 'low' },
          { type: 'image', source: { kind: 'url', url: 'https://example.com/a.png' } },
          { type: 'document', source: notes, name: 'tides.txt' }
        )
      ]
    })
    expect(body.messages[0].content).toEqual([
      { type: 'text', text: 'What is this?' },
      { type: 'image_url', image_url: { url: 'data:image/png;base64,AAAA', detail: 'low' } },
      { type: 'image_url', image_url: { url: 'https://example.com/a.png' } }
    ])
    expect(body.documents).toEqual([{ data: { text: 'Tide tables', title: 'tides.txt' } }])
    expect(warnings).toEqual([])
  })

  it('name what they cannot carry', () => {
    const pdf = { kind: 'base64', mediaType: 'application/pdf', data: 'JVBE' } as const
    const { warnings } = written({
      messages: [
        user(
          text('Hi'),
          { type: 'document', source: pdf },
          { type: 'audio', source: { kind: 'base64', mediaType: 'audio/wav', data: 'AAAA' } },
          { type: 'image', source: { kind: 'file', id: 'file_1' } },
          { type: 'unsupported', kind: 'refusal' }
        )
      ]
    })
    expect(warnings).toEqual(
      ['document', 'audio', 'image', 'refusal'].map((type) => `message content of type ${type} was dropped`)
    )
  })

  it('take a round of tools through, with the plan behind it and documents in its results', () => {
    const call = (id: string, args: string): ContentPart => ({
      type: 'tool-call',
      id,
      name: 'weather',
      arguments: args
    })
    const found = { kind: 'base64', mediaType: 'text/plain', data: base64('3 °C') } as const
    const { body } = written({
      messages: [
        user(text('Weather?')),
        {
          role: 'assistant',
          content: [{ type: 'reasoning', text: 'I will look.' }, call('a', '{"city":"Oslo"}'), call('b', '')]
        },
        {
          role: 'tool',
          content: [
            {
              type: 'tool-result',
              callId: 'a',
              isError: false,
              content: [{ type: 'document', source: found }]
            },
            { type: 'tool-result', callId: 'b', isError: true, content: [text('no such city')] }
          ]
        },
        { role: 'assistant', content: [{ type: 'reasoning', text: 'Nothing to say.' }] }
      ]
    })
    expect(body.messages.slice(1)).toEqual([
      {
        role: 'assistant',
        tool_calls: [
          { id: 'a', type: 'function', function: { name: 'weather', arguments: '{"city":"Oslo"}' } },
          { id: 'b', type: 'function', function: { name: 'weather', arguments: '{}' } }
        ],
        tool_plan: 'I will look.'
      },
      {
        role: 'tool',
        tool_call_id: 'a',
        content: [{ type: 'document', document: { data: { text: '3 °C' } } }]
      },
      { role: 'tool', tool_call_id: 'b', content: 'no such city' }
    ])
  })
})

describe('tools', () => {
  const weather = { name: 'weather', description: 'Of a city', parameters: { type: 'object' }, strict: true }
  const boats = { name: 'boats', parameters: null }

  it('are functions, and each choice is one of Cohere’s', () => {
    const { body } = written({ tools: [weather, boats], toolChoice: 'required' })
    expect(body).toMatchObject({
      tools: [
        {
          type: 'function',
          function: { name: 'weather', description: 'Of a city', parameters: { type: 'object' } }
        },
        { type: 'function', function: { name: 'boats', parameters: { type: 'object', properties: {} } } }
      ],
      strict_tools: true,
      tool_choice: 'REQUIRED'
    })
    expect(written({ tools: [boats], toolChoice: 'none' }).body.tool_choice).toBe('NONE')
    expect(written({ tools: [boats], toolChoice: 'auto' }).body).not.toHaveProperty('tool_choice')
  })

  it('come down to the one that must be called', () => {
    const { body } = written({ tools: [weather, boats], toolChoice: { name: 'boats' } })
    expect(body.tools).toHaveLength(1)
    expect(body).toMatchObject({ tools: [{ function: { name: 'boats' } }], tool_choice: 'REQUIRED' })
  })
})

describe('parameters', () => {
  it('have Cohere’s names', () => {
    const { body, warnings } = written({
      maxTokens: 100,
      temperature: 0.3,
      topP: 0.9,
      topK: 40,
      seed: 7,
      stop: ['END'],
      frequencyPenalty: 0.1,
      presencePenalty: 0.2,
      output: { name: 'answer', schema: { type: 'object' } }
    })
    expect(body).toMatchObject({
      max_tokens: 100,
      temperature: 0.3,
      p: 0.9,
      k: 40,
      seed: 7,
      stop_sequences: ['END'],
      frequency_penalty: 0.1,
      presence_penalty: 0.2,
      response_format: { type: 'json_object', json_schema: { type: 'object' } }
    })
    expect(warnings).toEqual([])
  })

  it('that Cohere lacks are named', () => {
    const { body, warnings } = written({
      minP: 0.1,
      user: 'me',
      logprobs: { top: 2 },
      topP: 1,
      unmapped: ['n']
    })
    expect(warnings).toEqual([
      'n was dropped',
      'min_p was dropped',
      'logprobs was dropped',
      'user was dropped',
      'top_p was sent as 0.99'
    ])
    expect(body.p).toBe(0.99)
  })

  it.each([
    ['by effort', { effort: 'low' }, { type: 'enabled', token_budget: 4096 }],
    ['by tokens', { budgetTokens: 2000 }, { type: 'enabled', token_budget: 2000 }],
    ['without a bound', { show: true }, { type: 'enabled' }],
    ['not at all', { effort: 'none' }, { type: 'disabled' }]
  ] as const)('ask for thinking %s', (_, reasoning, thinking) => {
    expect(written({ reasoning }, undefined, 'command-a-reasoning-08-2025').body.thinking).toEqual(thinking)
  })

  it('do not tell a model to stop what it never does', () => {
    expect(written({ reasoning: { effort: 'none' } }).body).not.toHaveProperty('thinking')
  })

  it('set the safety mode only where Cohere takes it', () => {
    expect(written({}, 'strict').body.safety_mode).toBe('STRICT')
    expect(written({ tools: [{ name: 'x', parameters: null }] }, 'strict').body).not.toHaveProperty(
      'safety_mode'
    )
  })
})

it('a request of Cohere’s own dialect keeps its bytes', () => {
  const body = Buffer.from('{"z":1.0, "model" : "co/x","messages":[]}')
  const wire = { dialect: 'cohere-chat' as const, body, json: JSON.parse(body.toString()), headers: {} }
  const { bytes } = writeRequest(callOf({ wire }), undefined)
  expect(bytes.toString()).toBe('{"z":1.0, "model" : "command-a-03-2025","messages":[]}')
})
