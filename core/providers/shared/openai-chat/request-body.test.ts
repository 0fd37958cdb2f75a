import { describe, expect, it } from 'vitest'
import type { ChatCall, ChatRequest } from '../../spec/chat.ts'
import { wantsUsage, writeRequest } from './request-body.ts'
import { type ChatQuirks, commonQuirks, openaiQuirks } from './vendor.ts'

const request: ChatRequest = {
  messages: [
    { role: 'system', content: [{ type: 'text', text: 'Be brief.' }] },
    {
      role: 'user',
      content: [
        { type: 'text', text: 'Hello' },
        { type: 'text', text: ' there' }
      ]
    }
  ],
  output: 'text',
  unmapped: []
}
const call = (changes: Partial<ChatRequest> = {}, stream = false): ChatCall => ({
  model: 'm',
  stream,
  request: () => ({ ...request, ...changes }),
  wire: null,
  signal: new AbortController().signal
})
const written = (of: ChatCall, quirks: Partial<ChatQuirks> = {}, asksForUsage = true) => {
  const { bytes, warnings } = writeRequest(of, { ...commonQuirks, ...quirks }, asksForUsage)
  return { body: JSON.parse(bytes.toString()), warnings }
}

describe('writeRequest', () => {
  it('writes messages and leaves out what was not asked for', () => {
    expect(written(call())).toEqual({
      body: {
        model: 'm',
        messages: [
          { role: 'system', content: 'Be brief.' },
          { role: 'user', content: 'Hello there' }
        ]
      },
      warnings: []
    })
  })

  it('asks for usage at the end of a stream', () => {
    expect(written(call({}, true)).body).toMatchObject({
      stream: true,
      stream_options: { include_usage: true }
    })
    expect(written(call({}, true), {}, false).body).not.toHaveProperty('stream_options')
  })

  it('writes every parameter by its wire name', () => {
    const { body, warnings } = written(
      call({
        maxTokens: 5,
        temperature: 0,
        topP: 0.5,
        topK: 3,
        minP: 0.1,
        frequencyPenalty: 0.2,
        presencePenalty: -0.2,
        seed: 7,
        stop: ['x'],
        logprobs: { top: 2 },
        user: 'u-1',
        tools: [{ name: 'look', parameters: null }],
        toolChoice: { name: 'look' },
        parallelToolCalls: false,
        reasoning: { effort: 'low' }
      })
    )
    expect(body).toEqual({
      model: 'm',
      messages: expect.any(Array),
      max_tokens: 5,
      temperature: 0,
      top_p: 0.5,
      top_k: 3,
      min_p: 0.1,
      frequency_penalty: 0.2,
      presence_penalty: -0.2,
      seed: 7,
      stop: ['x'],
      logprobs: true,
      top_logprobs: 2,
      user: 'u-1',
      tools: [{ type: 'function', function: { name: 'look' } }],
      tool_choice: { type: 'function', function: { name: 'look' } },
      parallel_tool_calls: false,
      reasoning_effort: 'low'
    })
    expect(warnings).toEqual([])
  })

  it('keeps from OpenAI itself what it would refuse, and says so', () => {
    const { body, warnings } = written(call({ maxTokens: 5, topK: 3, minP: 0.1 }), openaiQuirks)
    expect(body).toMatchObject({ max_completion_tokens: 5 })
    for (const name of ['max_tokens', 'top_k', 'min_p']) expect(body).not.toHaveProperty(name)
    expect(warnings).toEqual(['top_k was dropped', 'min_p was dropped'])
  })

  it.each<[ChatRequest['output'], unknown]>([
    ['json', { type: 'json_object' }],
    [
      { name: 'Person', schema: { type: 'object' }, strict: true },
      { type: 'json_schema', json_schema: { name: 'Person', schema: { type: 'object' }, strict: true } }
    ]
  ])('asks for the output %j', (output, format) => {
    expect(written(call({ output })).body.response_format).toEqual(format)
  })

  it('names what it drops', () => {
    const messages: ChatRequest['messages'] = [
      { role: 'user', content: [{ type: 'unsupported', kind: 'input_audio' }] }
    ]
    expect(written(call({ messages, unmapped: ['logit_bias'] })).warnings).toEqual([
      'logit_bias was dropped',
      'message content of type input_audio was dropped'
    ])
  })

  it('never reads the request when the client’s own bytes can be sent', () => {
    const body = '{"model":"a/b","messages":[]}'
    const spliced: ChatCall = {
      ...call(),
      request: () => {
        throw new Error('parsed')
      },
      wire: { dialect: 'openai-chat', body: Buffer.from(body), json: JSON.parse(body), headers: {} }
    }
    expect(writeRequest(spliced, commonQuirks, true).bytes.toString()).toBe('{"model":"m","messages":[]}')
  })
})

describe('wantsUsage', () => {
  it.each([
    [{ include_usage: true }, true],
    [{ include_usage: false }, false],
    [{ include_usage: 'yes' }, false],
    [null, false],
    [undefined, false]
  ])('for stream_options %j: %s', (streamOptions, expected) => {
    const json = { stream_options: streamOptions }
    expect(
      wantsUsage({ ...call(), wire: { dialect: 'openai-chat', body: Buffer.alloc(0), json, headers: {} } })
    ).toBe(expected)
  })
})
