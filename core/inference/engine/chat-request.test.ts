import { describe, expect, test } from 'vitest'
import type { ChatRequest } from '../../providers/spec/chat.ts'
import { toEngineChat } from './chat-request.ts'

const request = (extra: Partial<ChatRequest> = {}): ChatRequest => ({
  messages: [{ role: 'user', content: [{ type: 'text', text: 'Hello' }] }],
  output: 'text',
  unmapped: [],
  ...extra
})
const mapped = (extra?: Partial<ChatRequest>, reasoning = true) =>
  toEngineChat(request(extra), { overflow: 'slide', reasoning })

describe('a chat request for the engine', () => {
  test('carries what was asked for, and null for what was not', () => {
    const { chat, warnings } = mapped({ temperature: 0, maxTokens: 5, stop: ['END'] })
    expect(chat).toEqual({
      messages: [{ role: 'user', text: 'Hello' }],
      tools: [],
      toolChoice: 'auto',
      parallelToolCalls: true,
      maxTokens: 5,
      temperature: 0,
      topP: null,
      topK: null,
      minP: null,
      frequencyPenalty: null,
      presencePenalty: null,
      seed: null,
      stop: ['END'],
      reasoningTokens: null,
      logprobs: null,
      output: 'text',
      overflow: 'slide'
    })
    expect(warnings).toEqual([])
  })

  test('carries penalties, odds and the wish for one call at a time', () => {
    const { chat, warnings } = mapped({
      frequencyPenalty: 0.5,
      presencePenalty: -1,
      logprobs: { top: 2 },
      parallelToolCalls: false
    })
    expect(chat).toMatchObject({
      frequencyPenalty: 0.5,
      presencePenalty: -1,
      logprobs: { top: 2 },
      parallelToolCalls: false
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

  test('names what was left out, by its name on the wire', () => {
    expect(mapped({ unmapped: ['n_discard', 'logit_bias'], user: 'u-1' }).warnings).toEqual([
      'user was dropped',
      'n_discard was dropped',
      'logit_bias was dropped'
    ])
    const schema = { type: 'string', pattern: '^a' }
    expect(mapped({ output: { name: 'answer', schema } }).warnings).toEqual([
      expect.stringContaining('pattern')
    ])
  })

  test.each([
    [{ effort: 'none' as const }, 0],
    [{ effort: 'none' as const, budgetTokens: 500 }, 0],
    [{ effort: 'minimal' as const }, 1_024],
    [{ effort: 'low' as const }, 4_096],
    [{ effort: 'medium' as const }, 10_240],
    [{ effort: 'high' as const }, 24_576],
    [{ effort: 'xhigh' as const }, 32_768],
    [{ effort: 'high' as const, budgetTokens: 500 }, 500],
    [{ show: true }, null]
  ])('lets a model think as long as is asked: %j', (reasoning, tokens) => {
    expect(mapped({ reasoning }).chat.reasoningTokens).toBe(tokens)
  })

  test('says that a model does not think, to those who want it to', () => {
    const { chat, warnings } = mapped({ reasoning: { effort: 'low' } }, false)
    expect(chat.reasoningTokens).toBeNull()
    expect(warnings).toEqual([expect.stringContaining('reasoning was dropped')])
    expect(mapped({ reasoning: { effort: 'none' } }, false).warnings).toEqual([])
  })

  test.each<[string, Partial<ChatRequest>]>([
    ['temperature', { temperature: 2.1 }],
    ['temperature', { temperature: Number.NaN }],
    ['top_p', { topP: -0.1 }],
    ['top_k', { topK: 1.5 }],
    ['top_k', { topK: 1e12 }],
    ['min_p', { minP: 2 }],
    ['frequency_penalty', { frequencyPenalty: 3 }],
    ['presence_penalty', { presencePenalty: -2.5 }],
    ['top_logprobs', { logprobs: { top: 21 } }],
    ['reasoning', { reasoning: { budgetTokens: -1 } }],
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
