import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { answer, type ChatBench, chatBench, chatOf } from './chat-model.test-support.ts'

describe('a draft model', () => {
  let bench: ChatBench
  let path: string
  beforeAll(async () => {
    bench = await chatBench()
    path = bench.write('tiny')
  })
  afterAll(() => bench.close())

  test('changes nothing but the speed, and keeps no answer waiting for a guess that never comes', async () => {
    const plain = await bench.load(path, { contextTokens: 512, parallel: 1 })
    const model = await bench.load(path, { contextTokens: 512, parallel: 4, draftPath: path })
    const chats = ['Hello', 'Boats', 'Light', 'The sea'].map((text) =>
      chatOf(text, { temperature: 0, maxTokens: 60 })
    )
    const together = await Promise.all(chats.map((chat) => answer(model, chat)))
    for (const [index, chat] of chats.entries()) {
      expect(together[index]?.text).toBe((await answer(plain, chat)).text)
    }
    expect(model.info.memoryBytes).toBeGreaterThan(2 * 500_000)
  })

  test('takes a prompt that has the end of the one before, where keys are quantised and cannot be moved', async () => {
    const options = { contextTokens: 256, parallel: 1, kvCache: 'q8_0', flashAttention: false } as const
    const plain = await bench.load(path, options)
    const model = await bench.load(path, { ...options, draftPath: path })
    const short = chatOf('boats come home', { temperature: 0 })
    await answer(model, chatOf('In the morning the boats come home', { temperature: 0 }))
    expect((await answer(model, short)).text).toBe((await answer(plain, short)).text)
  })

  test('leads to the end of the context, and not beyond', async () => {
    const model = await bench.load(path, { contextTokens: 256, parallel: 1, draftPath: path })
    const { finish, usage } = await answer(model, chatOf('Hello', { temperature: 0, maxTokens: null }))
    expect(finish).toBe('length')
    expect(usage.input.total + usage.output.total).toBeLessThanOrEqual(256)
  })
})
