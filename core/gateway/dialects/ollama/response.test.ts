import { describe, expect, test } from 'vitest'
import type { ChatEvent, ChatPart } from '../../../providers/spec/chat.ts'
import { ollamaChat, ollamaGenerate } from './dialect.ts'
import type { OllamaParameters } from './parameters.ts'

const identity = { id: 'x', model: 'up/small', created: 1 }
const parameters: OllamaParameters = {
  model: 'up/small',
  stream: true,
  think: null,
  canThink: false,
  runsHere: false,
  receivedAt: performance.now()
}
const event = (...parts: ChatPart[]): ChatEvent => ({ parts })
const start = (index: number, id: string, name: string): ChatPart => ({
  type: 'tool-call-start',
  index,
  id,
  name
})
const piece = (index: number, text: string): ChatPart => ({ type: 'tool-call-delta', index, arguments: text })
const finish: ChatPart = { type: 'finish', reason: 'tool-calls' }

function streamed(events: readonly ChatEvent[], more: Partial<OllamaParameters> = {}) {
  const writer = ollamaChat.streamWriter(identity, { ...parameters, ...more })
  const text = events.map((each) => writer.event(each)).join('') + writer.end()
  return text
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line))
}

describe('a stream', () => {
  test('has one line for each piece, all with the model and the time, and ends with done', () => {
    const lines = streamed([
      event({ type: 'reasoning-delta', text: 'Hm.' }),
      event({ type: 'served-model', model: 'x' }),
      event({ type: 'text-delta', text: 'Hi' })
    ])
    expect(lines).toMatchObject([
      { message: { role: 'assistant', content: '', thinking: 'Hm.' }, done: false },
      { message: { role: 'assistant', content: 'Hi' }, done: false },
      { message: { role: 'assistant', content: '' }, done: true, done_reason: 'stop' }
    ])
    for (const line of lines) {
      expect(line.model).toBe('up/small')
      expect(new Date(line.created_at).toISOString()).toBe(line.created_at)
    }
  })

  test('reports calls whole, in the order they began, however their pieces were mixed', () => {
    const lines = streamed([
      event(start(0, 'a', 'weather')),
      event(start(1, 'b', 'boats')),
      event(piece(1, '{"n":')),
      event(piece(0, '{"city":"Oslo"}')),
      event(piece(1, '2}')),
      event(finish)
    ])
    expect(lines[0].message.tool_calls).toEqual([
      { id: 'a', function: { index: 0, name: 'weather', arguments: { city: 'Oslo' } } },
      { id: 'b', function: { index: 1, name: 'boats', arguments: { n: 2 } } }
    ])
    expect(lines).toHaveLength(2)
    expect(lines[1]).toMatchObject({ done: true, done_reason: 'stop' })
  })

  test('leaves out thoughts that the client does not want', () => {
    const lines = streamed([event({ type: 'reasoning-delta', text: 'Hm.' })], { think: false })
    expect(lines).toHaveLength(1)
  })

  test('leaves out counts that nobody gave, and durations are whole nanoseconds', () => {
    const [last] = streamed([]).slice(-1)
    expect(last).not.toHaveProperty('prompt_eval_count')
    expect(last).not.toHaveProperty('eval_count')
    for (const name of ['total_duration', 'load_duration', 'prompt_eval_duration', 'eval_duration']) {
      expect(Number.isSafeInteger(last[name]), name).toBe(true)
    }
    expect(last.total_duration).toBeGreaterThan(0)
  })

  test.each([
    ['length', 'length'],
    ['content-filter', 'content_filter'],
    ['other', 'stop']
  ] as const)('ends for %s as %s', (reason, expected) => {
    expect(streamed([event({ type: 'finish', reason })]).at(-1).done_reason).toBe(expected)
  })

  test('carries log probabilities beside the words they are of', () => {
    const token = {
      token: 'Hi',
      logprob: -0.1,
      bytes: [72, 105],
      top: [{ token: 'Ho', logprob: -3, bytes: null }]
    }
    const [line] = streamed([
      event({ type: 'text-delta', text: 'Hi' }, { type: 'logprobs', tokens: [token] })
    ])
    const { top, ...own } = token
    expect(line.logprobs).toEqual([{ ...own, top_logprobs: top }])
  })
})

describe('arguments', () => {
  const building = (text: string) => {
    const builder = ollamaChat.answerBuilder(identity, parameters)
    builder.add(event(start(0, 'a', 'weather'), piece(0, text), finish))
    return () => builder.build()
  }

  test('may be nothing, which is an empty object', () => {
    expect(building('')()).toMatchObject({ message: { tool_calls: [{ function: { arguments: {} } }] } })
  })

  test.each(['{"city": "Os', '[1]', '"Oslo"', 'null'])(
    'that are no JSON object (%s) are an error',
    (text) => {
      expect(building(text)).toThrow(
        'The model called the tool weather with arguments that are no JSON object'
      )
      const writer = ollamaChat.streamWriter(identity, parameters)
      expect(() => writer.event(event(start(0, 'a', 'weather'), piece(0, text), finish))).toThrow('weather')
    }
  )
})

test('an answer to a prompt has its words in response', () => {
  const builder = ollamaGenerate.answerBuilder(identity, parameters)
  builder.add(event({ type: 'reasoning-delta', text: 'Hm.' }, { type: 'text-delta', text: 'Hi' }))
  expect(builder.build()).toMatchObject({ response: 'Hi', thinking: 'Hm.', done: true })
  expect(builder.build()).not.toHaveProperty('message')
})
