import { describe, expect, it } from 'vitest'
import type { Json } from '../json-fields.ts'
import { readCountParameters, readMessagesParameters } from './parameters.ts'
import { toChatRequest } from './request.ts'

const base = { model: 'acme/m', max_tokens: 100, messages: [{ role: 'user', content: 'Hi' }] }
const parsed = (fields: Json) => toChatRequest({ ...base, ...fields })
const user = (...content: unknown[]) => parsed({ messages: [{ role: 'user', content }] }).messages
const assistant = (...content: unknown[]) => parsed({ messages: [{ role: 'assistant', content }] }).messages

describe('messages', () => {
  it('puts the system prompt first, with its breakpoints', () => {
    const system = [
      { type: 'text', text: 'You are kind.' },
      { type: 'text', text: 'Long rules.', cache_control: { type: 'ephemeral', ttl: '1h' } }
    ]
    expect(parsed({ system }).messages[0]).toEqual({
      role: 'system',
      content: [
        { type: 'text', text: 'You are kind.' },
        { type: 'text', text: 'Long rules.', cache: '1h' }
      ]
    })
    expect(parsed({ system: 'Short.' }).messages).toHaveLength(2)
  })

  it('reads pictures and documents from wherever they are', () => {
    const pdf = { type: 'base64', media_type: 'application/pdf', data: 'JVBE' }
    expect(
      user(
        { type: 'image', source: { type: 'base64', media_type: 'image/png', data: 'AA==' } },
        { type: 'image', source: { type: 'url', url: 'https://example.com/a.png' } },
        { type: 'image', source: { type: 'file', file_id: 'file_1' }, cache_control: { type: 'ephemeral' } },
        { type: 'document', source: pdf, title: 'Plan' },
        { type: 'document', source: { type: 'text', media_type: 'text/plain', data: 'Grüße' } },
        { type: 'document', source: { type: 'content', content: [{ type: 'text', text: 'One' }] } },
        {
          type: 'search_result',
          source: 'https://x.test',
          title: 'X',
          content: [{ type: 'text', text: 'Found' }]
        }
      )[0]?.content
    ).toEqual([
      { type: 'image', source: { kind: 'base64', mediaType: 'image/png', data: 'AA==' } },
      { type: 'image', source: { kind: 'url', url: 'https://example.com/a.png' } },
      { type: 'image', source: { kind: 'file', id: 'file_1' }, cache: '5m' },
      {
        type: 'document',
        source: { kind: 'base64', mediaType: 'application/pdf', data: 'JVBE' },
        name: 'Plan'
      },
      { type: 'document', source: text('Grüße') },
      { type: 'document', source: text('One') },
      { type: 'document', source: text('Found'), name: 'X, https://x.test' }
    ])
  })

  it('gives results a message of their own, before what the person adds', () => {
    const picture = { type: 'image', source: { type: 'url', url: 'https://example.com/a.png' } }
    expect(
      user(
        { type: 'text', text: 'And now?' },
        { type: 'tool_result', tool_use_id: 'toolu_1', content: 'Sunny' },
        { type: 'tool_result', tool_use_id: 'toolu_2', is_error: true, content: [picture] },
        { type: 'tool_result', tool_use_id: 'toolu_3' }
      )
    ).toEqual([
      {
        role: 'tool',
        content: [
          {
            type: 'tool-result',
            callId: 'toolu_1',
            content: [{ type: 'text', text: 'Sunny' }],
            isError: false
          },
          {
            type: 'tool-result',
            callId: 'toolu_2',
            content: [{ type: 'image', source: { kind: 'url', url: 'https://example.com/a.png' } }],
            isError: true
          },
          { type: 'tool-result', callId: 'toolu_3', content: [], isError: false }
        ]
      },
      { role: 'user', content: [{ type: 'text', text: 'And now?' }] }
    ])
  })

  it('keeps thoughts, their signatures and calls in the order they were written', () => {
    expect(
      assistant(
        { type: 'thinking', thinking: 'Hm.', signature: 'EqQB' },
        { type: 'redacted_thinking', data: 'Enc=' },
        { type: 'thinking', thinking: 'Unsigned.', signature: '' },
        { type: 'thinking', thinking: 'Elsewhere.', signature: 'homeport.google.CiQ=' },
        { type: 'text', text: 'I look.' },
        { type: 'tool_use', id: 'toolu_1', name: 'look', input: { at: ['a', 1] } },
        { type: 'server_tool_use', id: 'srvtoolu_1', name: 'web_search', input: {} }
      )[0]?.content
    ).toEqual([
      { type: 'reasoning', text: 'Hm.', signature: { vendor: 'anthropic', value: 'EqQB' } },
      { type: 'reasoning', text: '', redacted: true, signature: { vendor: 'anthropic', value: 'Enc=' } },
      { type: 'reasoning', text: 'Unsigned.' },
      { type: 'reasoning', text: 'Elsewhere.', signature: { vendor: 'google', value: 'CiQ=' } },
      { type: 'text', text: 'I look.' },
      { type: 'tool-call', id: 'toolu_1', name: 'look', arguments: '{"at":["a",1]}' },
      { type: 'unsupported', kind: 'server_tool_use' }
    ])
  })

  it.each([
    [{ messages: [{ role: 'user', content: [{ text: 'no type' }] }] }, 'messages[0].content[0]'],
    [
      { messages: [{ role: 'user', content: [{ type: 'tool_result' }] }] },
      'messages[0].content[0].tool_use_id'
    ],
    [{ messages: [{ role: 'user', content: [{ type: 'image', source: { type: 'x' } }] }] }, 'source'],
    [{ tools: [{ name: 'f' }] }, 'tools[0].input_schema'],
    [{ tool_choice: { type: 'some' } }, 'tool_choice'],
    [{ thinking: { type: 'always' } }, 'thinking.type'],
    [{ output_config: { format: { type: 'xml' } } }, 'output_config.format'],
    [{ stop_sequences: [''] }, 'stop_sequences']
  ])('refuses %j by the name of what is wrong', (fields, named) => {
    expect(() => parsed(fields)).toThrow(named)
  })
})

describe('parameters', () => {
  it('reads tools, the choice of them, and names those that only Anthropic has', () => {
    const schema = { type: 'object', properties: { constructor: { type: 'string' } } }
    const request = parsed({
      tools: [
        { name: 'look', description: 'Looks', input_schema: schema, cache_control: { type: 'ephemeral' } },
        { type: 'custom', name: 'go', input_schema: { type: 'object' }, strict: true },
        { type: 'web_search_20250305', name: 'web_search', max_uses: 3 }
      ],
      tool_choice: { type: 'any', disable_parallel_tool_use: true }
    })
    expect(request.tools).toEqual([
      { name: 'look', description: 'Looks', parameters: schema, cache: '5m' },
      { name: 'go', parameters: { type: 'object' }, strict: true }
    ])
    expect(request).toMatchObject({
      toolChoice: 'required',
      parallelToolCalls: false,
      unmapped: ['tool web_search_20250305']
    })
    expect(parsed({ tool_choice: { type: 'tool', name: 'go' } }).toolChoice).toEqual({ name: 'go' })
    expect(parsed({ tool_choice: { type: 'none' } }).toolChoice).toBe('none')
  })

  it.each([
    [{ thinking: { type: 'enabled', budget_tokens: 2048 } }, { budgetTokens: 2048 }],
    [{ thinking: { type: 'adaptive' } }, {}],
    [
      { thinking: { type: 'adaptive', display: 'omitted' }, output_config: { effort: 'max' } },
      { effort: 'xhigh', show: false }
    ],
    [{ thinking: { type: 'disabled' } }, { effort: 'none' }],
    [{ output_config: { effort: 'low' } }, { effort: 'low' }],
    [{}, undefined]
  ])('reads %j as reasoning %j', (fields, reasoning) => {
    expect(parsed(fields).reasoning).toEqual(reasoning)
  })

  it('reads a JSON schema from either place', () => {
    const format = { type: 'json_schema', schema: { type: 'object' } }
    const output = { name: 'answer', schema: { type: 'object' }, strict: true }
    expect(parsed({ output_config: { format } }).output).toEqual(output)
    expect(parsed({ output_format: format }).output).toEqual(output)
  })

  it('names what has no place elsewhere, and nothing that asks for nothing', () => {
    const { unmapped, ...request } = parsed({
      metadata: { user_id: 'u1' },
      stop_sequences: ['END'],
      temperature: 0.5,
      top_p: 0.9,
      top_k: 5,
      service_tier: 'auto',
      container: null,
      cache_control: { type: 'ephemeral' },
      mcp_servers: [{ type: 'url' }],
      context_management: {}
    })
    expect(unmapped).toEqual(['mcp_servers', 'context_management'])
    expect(request).toMatchObject({
      user: 'u1',
      stop: ['END'],
      temperature: 0.5,
      topP: 0.9,
      topK: 5,
      maxTokens: 100
    })
  })

  it.each([
    { temperature: 1.1 },
    { top_p: -0.1 },
    { top_k: 1.5 },
    { max_tokens: -1 },
    { max_tokens: undefined },
    { thinking: { type: 'enabled', budget_tokens: 1023 } },
    { messages: [] },
    { messages: [{ role: 'developer', content: 'x' }] },
    { messages: [{ role: 'user' }] }
  ])('refuses %j instead of bending it', (fields) => {
    expect(() => readMessagesParameters({ ...base, ...fields })).toThrow()
  })

  it('needs no max_tokens to count', () => {
    expect(readCountParameters({ model: 'm', messages: base.messages })).toEqual({
      model: 'm',
      stream: false
    })
  })
})

function text(content: string) {
  return { kind: 'base64', mediaType: 'text/plain', data: Buffer.from(content).toString('base64') }
}
