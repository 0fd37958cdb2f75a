import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { EngineChat, EngineMessage } from '../../contract/engine-frames.ts'
import { answer, assistant, type ChatBench, chatBench, chatOf, user } from './chat-model.test-support.ts'
import type { ChatModel } from './chat-model.ts'

/** Turns of about 70 tokens each: a token is a letter here. */
const turns = (count: number): EngineMessage[] =>
  Array.from({ length: count }, (_, turn) => [
    user(`Question number ${turn}, at some length`),
    assistant(`Answer number ${turn}, no less`)
  ]).flat()
const system: EngineMessage = { role: 'system', text: 'Speak like a sailor.' }

describe('a conversation that outgrows the context', () => {
  let bench: ChatBench
  let model: ChatModel
  const ask = (messages: EngineMessage[], overflow: EngineChat['overflow'], extra = {}) =>
    answer(model, chatOf(messages, { overflow, maxTokens: 20, ...extra }))

  beforeAll(async () => {
    bench = await chatBench()
    model = await bench.load(bench.write('tiny'), { contextTokens: 512, parallel: 2 })
  })
  afterAll(() => bench.close())

  test('is refused with the numbers where it is to stop', async () => {
    const messages = [system, ...turns(10), user('And now?')]
    const count = await model.countTokens(chatOf(messages))
    const asked = ask(messages, 'stop')
    await expect(asked).rejects.toMatchObject({ code: 'context-overflow' })
    await expect(asked).rejects.toThrow(`${count} tokens long`)
    await expect(asked).rejects.toThrow('room for 512')
  })

  test('loses its oldest turns where it is to slide, and says how many', async () => {
    const messages = [system, ...turns(10), user('And now?')]
    const { notes, usage, finish } = await ask(messages, 'slide')
    expect(finish).toBe('length')
    expect(notes).toHaveLength(1)
    const left = Number(/The (\d+) oldest messages were left out/.exec(notes[0] ?? '')?.[1])
    expect(left % 2).toBe(0)
    const kept = [system, ...messages.slice(1 + left)]
    expect(usage.input.total).toBe(await model.countTokens(chatOf(kept)))
    expect(usage.input.total + 20).toBeLessThan(512)
  })

  test('slides by more than a turn at a time, so that the next turns find their prefix', async () => {
    const found: boolean[] = []
    for (let count = 8; count < 14; count += 1) {
      const { usage } = await ask([system, ...turns(count), user('And now?')], 'slide')
      found.push(usage.input.cacheRead > usage.input.total / 2)
    }
    expect(found.filter(Boolean).length).toBeGreaterThanOrEqual(3)
  })

  test('says nothing, and leaves out nothing, while it fits', async () => {
    const messages = [system, ...turns(2), user('And now?')]
    for (const overflow of ['stop', 'slide', 'summarise'] as const) {
      const { notes, usage } = await ask(messages, overflow)
      expect(notes).toEqual([])
      expect(usage.input.total).toBe(await model.countTokens(chatOf(messages)))
    }
  })

  test('begins with a summary of what was left out where it is to be summarised', async () => {
    const messages = [system, ...turns(10), user('And now?')]
    const slid = await ask(messages, 'slide')
    const { notes, usage } = await ask(messages, 'summarise')
    expect(notes[0]).toContain('replaced by a summary')
    expect(usage.input.total).not.toBe(slid.usage.input.total)
    // the same summary serves again: all but the end of the prompt is there
    const again = await ask(messages, 'summarise')
    expect(again.usage.input.total).toBe(usage.input.total)
  })

  test('never parts a call from its result, and keeps the newest round', async () => {
    const round = (id: string): EngineMessage[] => [
      {
        role: 'assistant',
        text: '',
        toolCalls: [{ id, name: 'look', arguments: '{"where": "behind the door"}' }]
      },
      { role: 'tool', callId: id, name: 'look', text: 'There is nothing there.' }
    ]
    const rounds = Array.from({ length: 8 }, (_, index) => round(String(index))).flat()
    const messages = [system, user('Look everywhere'), ...rounds]
    const { notes, usage } = await ask(messages, 'slide')
    const left = Number(/The (\d+) oldest messages/.exec(notes[0] ?? '')?.[1])
    expect(left % 2).toBe(0)
    const kept = [system, user('Look everywhere'), ...rounds.slice(left)]
    expect(usage.input.total).toBe(await model.countTokens(chatOf(kept)))
  })

  test('is refused where its last message alone is too long', async () => {
    for (const overflow of ['slide', 'summarise'] as const) {
      const asked = ask([system, ...turns(2), user('x'.repeat(600))], overflow)
      await expect(asked).rejects.toMatchObject({ code: 'context-overflow' })
    }
  })

  test('an answer that fills the context ends with the length', async () => {
    const { usage, finish } = await ask([user('Go on')], 'stop', { maxTokens: null })
    expect(finish).toBe('length')
    expect(usage.input.total + usage.output.total).toBe(510)
  })

  test('an abort while the summary is written ends it all', async () => {
    const abort = new AbortController()
    const asked = answer(model, chatOf([system, ...turns(12), user('So?')], { overflow: 'summarise' }), {
      signal: abort.signal
    })
    setImmediate(() => abort.abort())
    expect((await asked).finish).toBe('cancelled')
  })
})
