import { describe, expect, test } from 'vitest'
import type { ChatRequest } from '../../providers/spec/chat.ts'
import { toEngineChat } from './chat-request.ts'

const request = (extra: Partial<ChatRequest> = {}): ChatRequest => ({
  messages: [{ role: 'user', content: [{ type: 'text', text: 'Hello' }] }],
  output: 'text',
  unmapped: [],
  ...extra
})
const mapped = (extra?: Partial<ChatRequest>) => toEngineChat(request(extra), '/models/tiny.gguf')

describe('a chat request for the engine', () => {
  test('carries what was asked for, and null for what was not', () => {
    const { chat, warnings } = mapped({ temperature: 0, maxTokens: 5, stop: ['END'] })
    expect(chat).toEqual({
      modelPath: '/models/tiny.gguf',
      messages: [{ role: 'user', text: 'Hello' }],
      maxTokens: 5,
      temperature: 0,
      topP: null,
      topK: null,
      minP: null,
      seed: null,
      stop: ['END'],
      output: 'text'
    })
    expect(warnings).toEqual([])
  })

  test('joins the text parts of a message', () => {
    const content = [
      { type: 'text' as const, text: 'Hel' },
      { type: 'text' as const, text: 'lo' }
    ]
    expect(mapped({ messages: [{ role: 'system', content }] }).chat.messages).toEqual([
      { role: 'system', text: 'Hello' }
    ])
  })

  test('names what was left out', () => {
    expect(mapped({ unmapped: ['n_discard', 'logit_bias'] }).warnings).toEqual([
      expect.stringContaining('n_discard'),
      expect.stringContaining('logit_bias')
    ])
    const schema = { type: 'string', pattern: '^a' }
    expect(mapped({ output: { name: 'answer', schema } }).warnings).toEqual([
      expect.stringContaining('pattern')
    ])
  })

  test('names everything that on-device models cannot do, by its name on the wire', () => {
    const { warnings } = mapped({
      tools: [{ name: 'weather', parameters: null }],
      toolChoice: 'auto',
      parallelToolCalls: false,
      reasoning: { effort: 'high' },
      frequencyPenalty: 0.5,
      presencePenalty: -1,
      logprobs: { top: 2 },
      user: 'u-1'
    })
    expect(warnings).toEqual([
      'tools was dropped: on-device models cannot use tools',
      'parallel_tool_calls was dropped',
      'reasoning was dropped: on-device models think as they were made to',
      'frequency_penalty was dropped',
      'presence_penalty was dropped',
      'logprobs was dropped',
      'user was dropped'
    ])
  })

  test('has nothing to say of wishes that change nothing', () => {
    const { warnings } = mapped({
      tools: [],
      toolChoice: 'none',
      parallelToolCalls: true,
      frequencyPenalty: 0
    })
    expect(warnings).toEqual([])
  })

  test.each(['required' as const, { name: 'weather' }])(
    'is refused when a tool must be called: %j',
    (toolChoice) => {
      const demand = () => mapped({ tools: [{ name: 'weather', parameters: null }], toolChoice })
      expect(demand).toThrow(
        expect.objectContaining({
          code: 'bad-request',
          param: 'tool_choice',
          action: expect.stringContaining('choose a model that uses tools')
        })
      )
    }
  )

  test.each<[string, Partial<ChatRequest>]>([
    ['temperature', { temperature: 2.1 }],
    ['temperature', { temperature: Number.NaN }],
    ['top_p', { topP: -0.1 }],
    ['top_k', { topK: 1.5 }],
    ['top_k', { topK: 1e12 }],
    ['min_p', { minP: 2 }],
    ['seed', { seed: -1 }],
    ['seed', { seed: 2 ** 32 }],
    ['max_tokens', { maxTokens: 0 }],
    ['max_tokens', { maxTokens: Number.POSITIVE_INFINITY }],
    ['stop', { stop: [''] }],
    ['stop', { stop: Array.from({ length: 17 }, String) }],
    ['messages', { messages: [] }],
    ['messages', { messages: [{ role: 'user', content: [{ type: 'unsupported', kind: 'image_url' }] }] }],
    ['response_format', { output: { name: 'answer', schema: 7 } }]
  ])('is refused when %s is out of range: %j', (param, extra) => {
    expect(() => mapped(extra)).toThrow(expect.objectContaining({ code: 'bad-request', param }))
  })
})
