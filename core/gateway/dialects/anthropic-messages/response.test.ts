import { describe, expect, it } from 'vitest'
import type { Usage } from '../../../contract/usage.ts'
import type { ChatPart, ChatRequest } from '../../../providers/spec/chat.ts'
import type { Json } from '../json-fields.ts'
import { anthropicMessages } from './dialect.ts'
import { MessageBuilder } from './message-builder.ts'
import { toChatRequest } from './request.ts'
import { StreamEncoder, type StreamEvent } from './stream-encoder.ts'

const identity = { id: '0192', model: 'acme/m1', created: 1 }
const usage: Usage = {
  input: { total: 100, noCache: 10, cacheRead: 60, cacheWrite5m: 20, cacheWrite1h: 10 },
  output: { total: 30, text: 10, reasoning: 20 }
}
const wireUsage = {
  input_tokens: 10,
  cache_read_input_tokens: 60,
  cache_creation_input_tokens: 30,
  cache_creation: { ephemeral_5m_input_tokens: 20, ephemeral_1h_input_tokens: 10 },
  output_tokens: 30,
  output_tokens_details: { thinking_tokens: 20 }
}
/** Everything at once: thoughts signed and hidden, text, and two calls whose arguments come mixed. */
const parts: ChatPart[] = [
  { type: 'reasoning-delta', text: 'Let me' },
  { type: 'reasoning-delta', text: ' think.' },
  { type: 'reasoning-signature', signature: { vendor: 'anthropic', value: 'Sig=' } },
  { type: 'reasoning-signature', signature: { vendor: 'anthropic', value: 'Enc=' }, redacted: true },
  { type: 'text-delta', text: 'I look' },
  { type: 'text-delta', text: ' twice.' },
  { type: 'tool-call-start', index: 0, id: 'call_a', name: 'look' },
  { type: 'tool-call-delta', index: 0, arguments: '{"at":' },
  { type: 'tool-call-start', index: 1, id: 'call_b', name: 'now' },
  { type: 'tool-call-delta', index: 0, arguments: '"sea"}' },
  { type: 'tool-call-delta', index: 1, arguments: '{}' },
  { type: 'usage', usage },
  { type: 'finish', reason: 'tool-calls' }
]
const content = [
  { type: 'thinking', thinking: 'Let me think.', signature: 'Sig=' },
  { type: 'redacted_thinking', data: 'Enc=' },
  { type: 'text', text: 'I look twice.', citations: null },
  { type: 'tool_use', id: 'call_a', name: 'look', input: { at: 'sea' } },
  { type: 'tool_use', id: 'call_b', name: 'now', input: {} }
]

function built(list: ChatPart[]) {
  const builder = new MessageBuilder(identity)
  for (const part of list) builder.add({ parts: [part] })
  return builder.build()
}
function streamed(list: ChatPart[]): StreamEvent[] {
  const encoder = new StreamEncoder(identity)
  return [...list.flatMap((part) => encoder.encode({ parts: [part] })), ...encoder.end()]
}
const typesOf = (events: StreamEvent[]) => events.map(({ type }) => type)

describe('a whole message', () => {
  it('holds every block in its order, and what it came to', () => {
    expect(built(parts)).toMatchObject({
      id: 'msg_0192',
      type: 'message',
      role: 'assistant',
      model: 'acme/m1',
      content,
      stop_reason: 'tool_use',
      stop_sequence: null,
      usage: wireUsage
    })
  })

  it('comes back as what it was when the client sends it in the next turn', () => {
    const message = built(parts) as Json
    const next: ChatRequest = toChatRequest({
      messages: [{ role: 'assistant', content: message.content }]
    })
    expect(next.messages[0]?.content).toEqual([
      { type: 'reasoning', text: 'Let me think.', signature: { vendor: 'anthropic', value: 'Sig=' } },
      { type: 'reasoning', text: '', redacted: true, signature: { vendor: 'anthropic', value: 'Enc=' } },
      { type: 'text', text: 'I look twice.' },
      { type: 'tool-call', id: 'call_a', name: 'look', arguments: '{"at":"sea"}' },
      { type: 'tool-call', id: 'call_b', name: 'now', arguments: '{}' }
    ])
  })

  it.each([
    ['a whole message', (list: ChatPart[]) => (built(list) as Json).content],
    [
      'a stream',
      (list: ChatPart[]) => streamed(list).flatMap(({ content_block: block }) => (block ? [block] : []))
    ]
  ])('ends %s with the answer, not with what another vendor signed it by', (_, blocksOf) => {
    const text: ChatPart = { type: 'text-delta', text: 'Done.' }
    const signed: ChatPart = {
      type: 'reasoning-signature',
      signature: { vendor: 'google', value: 'CiQ' },
      redacted: true
    }
    const call: ChatPart = { type: 'tool-call-start', index: 0, id: 'c', name: 'f' }
    expect(blocksOf([text, signed])).toMatchObject([{ type: 'text' }])
    expect(blocksOf([text, signed, signed, call])).toMatchObject([
      { type: 'text' },
      { type: 'redacted_thinking', data: 'homeport.google.CiQ' },
      { type: 'redacted_thinking' },
      { type: 'tool_use' }
    ])
  })

  it('carries what another vendor signed there and back', () => {
    const signature = { vendor: 'google' as const, value: 'CiQ.x' }
    const message = built([
      { type: 'reasoning-delta', text: 'Hm' },
      { type: 'reasoning-signature', signature }
    ]) as Json
    const next = toChatRequest({ messages: [{ role: 'assistant', content: message.content }] })
    expect(next.messages[0]?.content).toEqual([{ type: 'reasoning', text: 'Hm', signature }])
  })

  it.each([
    [{ type: 'finish', reason: 'stop' }, 'end_turn', null],
    [{ type: 'finish', reason: 'stop', stopSequence: 'END' }, 'stop_sequence', 'END'],
    [{ type: 'finish', reason: 'length' }, 'max_tokens', null],
    [{ type: 'finish', reason: 'content-filter' }, 'refusal', null],
    [{ type: 'finish', reason: 'other' }, 'end_turn', null]
  ] as const)('ends after %j with %s', (finish, stop_reason, stop_sequence) => {
    expect(built([{ type: 'text-delta', text: 'x' }, finish])).toMatchObject({ stop_reason, stop_sequence })
  })

  it('says tool_use after a call, whatever the upstream said', () => {
    const call: ChatPart = { type: 'tool-call-start', index: 0, id: 'c', name: 'f' }
    expect(built([call, { type: 'finish', reason: 'stop' }])).toMatchObject({ stop_reason: 'tool_use' })
  })

  it('refuses arguments that are no JSON, which have no form here', () => {
    expect(() =>
      built([
        { type: 'tool-call-start', index: 0, id: 'c', name: 'f' },
        { type: 'tool-call-delta', index: 0, arguments: '{"a":' }
      ])
    ).toThrow('arguments that are not JSON')
  })
})

describe('a streamed message', () => {
  it('opens, fills and closes every block under its own index', () => {
    const events = streamed(parts)
    expect(events.at(0)).toMatchObject({
      type: 'message_start',
      message: { id: 'msg_0192', content: [], stop_reason: null, usage: { input_tokens: 0 } }
    })
    const starts = events.filter(({ type }) => type === 'content_block_start')
    expect(starts.map(({ index }) => index)).toEqual([0, 1, 2, 3, 4])
    const stops = events.filter(({ type }) => type === 'content_block_stop')
    expect(stops.map(({ index }) => index)).toEqual([0, 1, 2, 3, 4])
    expect(assembled(events)).toEqual(content)
    expect(events.slice(-2)).toEqual([
      {
        type: 'message_delta',
        delta: { stop_reason: 'tool_use', stop_sequence: null },
        usage: expect.objectContaining(wireUsage)
      },
      { type: 'message_stop' }
    ])
  })

  it('says from the start what the prompt came to, where that is known', () => {
    const [start] = streamed([
      { type: 'usage', usage },
      { type: 'text-delta', text: 'Hi' }
    ])
    expect(start).toMatchObject({ message: { usage: { input_tokens: 10, cache_read_input_tokens: 60 } } })
  })

  it('is complete also without any content', () => {
    expect(typesOf(streamed([{ type: 'finish', reason: 'stop' }]))).toEqual([
      'message_start',
      'message_delta',
      'message_stop'
    ])
  })

  it('names its events', () => {
    const writer = anthropicMessages.streamWriter(identity, { model: 'm', stream: true })
    const text = writer.event({ parts: [{ type: 'text-delta', text: 'Hi' }] })
    expect(text).toMatch(
      /^event: message_start\ndata: \{"type":"message_start".*\}\n\nevent: content_block_start\n/
    )
    expect(writer.end()).toMatch(/event: message_stop\ndata: \{"type":"message_stop"\}\n\n$/)
  })
})

describe('what an upstream of the dialect sent', () => {
  const parameters = { model: 'm', stream: true }

  it('is handed on with its names, byte for byte', () => {
    const writer = anthropicMessages.wireWriter(parameters)
    expect(writer.event({ parts: [], wire: '{"type": "ping"}', wireEvent: 'ping' })).toBe(
      'event: ping\ndata: {"type": "ping"}\n\n'
    )
    expect(writer.event({ parts: [], wire: '{"type":"message_stop"}', wireEvent: 'message_stop' })).toBe(
      'event: message_stop\ndata: {"type":"message_stop"}\n\n'
    )
    expect(writer.end()).toBe('')
  })

  it('names the model as it was asked for, so that Claude Code keeps the thoughts that came with it', () => {
    const start = '{"type": "message_start", "message": {"model": "claude-x", "usage": {"input_tokens": 1}}}'
    const writer = anthropicMessages.wireWriter({ model: 'anthropic/claude-x', stream: true })
    expect(writer.event({ parts: [], wire: start, wireEvent: 'message_start' })).toBe(
      `event: message_start\ndata: ${start.replace('"claude-x"', '"anthropic/claude-x"')}\n\n`
    )
    const body =
      '{"content": [{"type": "tool_use", "input": {"model": "claude-x", "n": 1.0}}], "model": "claude-x"}'
    expect(anthropicMessages.wireBody?.(body, { model: 'best', stream: false })).toBe(
      body.replace(/"claude-x"}$/, '"best"}')
    )
    const other = anthropicMessages.answerBuilder(identity, { model: 'best', stream: false })
    expect(other.build()).toMatchObject({ model: 'best' })
  })

  it('gets the end mark that its server left out', () => {
    const writer = anthropicMessages.wireWriter(parameters)
    expect(writer.end()).toBe('event: message_stop\ndata: {"type":"message_stop"}\n\n')
  })
})

/** The content as a client puts it together. */
function assembled(events: StreamEvent[]): unknown[] {
  const blocks: Record<string, unknown>[] = []
  for (const event of events) {
    const block = blocks[Number(event.index)]
    if (event.type === 'content_block_start') {
      blocks[Number(event.index)] = { ...(event.content_block as Json) }
    } else if (event.type === 'content_block_delta' && block) {
      const { type, ...delta } = event.delta as Record<string, string>
      for (const [name, piece] of Object.entries(delta)) {
        block[name] = `${typeof block[name] === 'string' ? block[name] : ''}${piece}`
      }
    }
  }
  return blocks.map(({ partial_json: json, ...block }) =>
    block.type === 'tool_use' ? { ...block, input: JSON.parse(String(json)) } : block
  )
}
