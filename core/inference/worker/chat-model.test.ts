import { writeFileSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { answer, assistant, type ChatBench, chatBench, chatOf, user } from './chat-model.test-support.ts'
import type { ChatModel } from './chat-model.ts'
import { EngineError } from './engine-error.ts'

describe('a loaded chat model', () => {
  let bench: ChatBench
  let path: string
  let model: ChatModel
  let single: ChatModel

  beforeAll(async () => {
    bench = await chatBench()
    path = bench.write('tiny')
    model = await bench.load(path, { contextTokens: 1024, parallel: 4 })
    single = await bench.load(path, { contextTokens: 512, parallel: 1 })
  })
  afterAll(() => bench.close())

  test('says what it takes and offers', async () => {
    expect(model.info).toMatchObject({ gpuLayers: 0, contextTokens: 1024, parallel: 4, threads: 1 })
    // 2 layers, keys and values, 64 numbers of 2 bytes for each of 4 times 1024 tokens
    expect(model.info.memoryBytes).toBeGreaterThan(2 * 2 * 64 * 2 * 4 * 1024)
    const chosen = await bench.load(path)
    expect(chosen.info).toMatchObject({ contextTokens: 2048, parallel: 4 })
  })

  test('streams token by token, and counts them', async () => {
    const { text, deltas, finish, stopSequence, usage, timings, notes } = await answer(
      model,
      chatOf('Hello', { maxTokens: 12 })
    )
    expect(text.length).toBeGreaterThanOrEqual(12)
    expect(deltas).toBeGreaterThan(8)
    expect(finish).toBe('length')
    expect(stopSequence).toBeNull()
    expect(notes).toEqual([])
    expect(usage.output).toEqual({ total: 12, text: 12, reasoning: 0 })
    expect(usage.input.total).toBe(await model.countTokens(chatOf('Hello')))
    expect(timings.promptMs).toBeGreaterThan(0)
    expect(timings.outputMs).toBeGreaterThan(0)
  })

  test('answers four chats at once, each as if it were alone', async () => {
    const chats = ['One', 'Two things', 'Three', 'Four is more'].map((text, index) =>
      chatOf(text, { temperature: 0, maxTokens: 30 + index })
    )
    const together = await Promise.all(chats.map((chat) => answer(model, chat)))
    for (const [index, chat] of chats.entries()) {
      expect(together[index]?.usage.output.total).toBe(chat.maxTokens)
      expect(together[index]?.text).toBe((await answer(single, chat)).text)
    }
    expect(new Set(together.map(({ text }) => text)).size).toBe(4)
  })

  test('evaluates only the new tokens of a growing chat, whatever is asked in between', async () => {
    const messages = [user('A story about the sea, please.')]
    let before = 0
    for (let turn = 0; turn < 5; turn += 1) {
      // the likeliest words: tokens drawn at random may spell a text in another way than it is read again
      const { usage, text } = await answer(model, chatOf(messages, { maxTokens: 24, temperature: 0 }))
      expect(usage.input.noCache + usage.input.cacheRead).toBe(usage.input.total)
      // all of the last prompt and all but the last token of its answer
      if (turn > 0) expect(usage.input.cacheRead).toBeGreaterThanOrEqual(before + 22)
      before = usage.input.total
      messages.push(assistant(text), user(`And then? (${turn})`))
      await answer(model, chatOf(`Something else ${turn}`))
    }
  })

  test('counts a prompt that was all there as read from the cache but for its last token', async () => {
    await answer(single, chatOf('The same again'))
    const { usage } = await answer(single, chatOf('The same again'))
    expect(usage.input.noCache).toBe(1)
    expect(usage.input.cacheRead).toBe(usage.input.total - 1)
  })

  test('gives the same answer to the same seed, and another to another', async () => {
    const first = await answer(model, chatOf('Hello', { seed: 1, maxTokens: 60 }))
    const other = await answer(model, chatOf('Hello', { seed: 2, maxTokens: 60 }))
    const again = await answer(model, chatOf('Hello', { seed: 1, maxTokens: 60 }))
    expect(again.text).toBe(first.text)
    expect(other.text).not.toBe(first.text)
    expect(again.usage.input.cacheRead).toBe(0)
  })

  test('gives different answers without a seed', async () => {
    const answers = await Promise.all([1, 2].map(() => answer(model, chatOf('Hello', { maxTokens: 40 }))))
    expect(answers[0]?.text).not.toBe(answers[1]?.text)
  })

  test('takes the likeliest tokens at a temperature of 0', async () => {
    const cold = chatOf('Hello', { temperature: 0, maxTokens: 30 })
    expect((await answer(model, cold)).text).toBe((await answer(single, cold)).text)
  })

  test('repeats itself less with penalties', async () => {
    const chat = chatOf('Hello', { temperature: 0, maxTokens: 80 })
    const plain = await answer(model, chat)
    const penalised = await answer(model, { ...chat, frequencyPenalty: 2, presencePenalty: 2 })
    expect(new Set(penalised.text).size).toBeGreaterThan(new Set(plain.text).size)
  })

  test('ends before a stop text, and says which it was', async () => {
    const chat = chatOf('Hello', { temperature: 0, maxTokens: 60 })
    const { text } = await answer(model, chat)
    const stop = text.slice(20, 24)
    const stopped = await answer(model, { ...chat, stop: ['never in it', stop] })
    expect(stopped.finish).toBe('stop')
    expect(stopped.stopSequence).toBe(stop)
    expect(stopped.text).toBe(text.slice(0, text.indexOf(stop)))
  })

  test('an answer that is aborted ends at once, and leaves its place to the next', async () => {
    const abort = new AbortController()
    const end = await answer(single, chatOf('Hello', { maxTokens: 400 }), {
      signal: abort.signal,
      onDelta: () => abort.abort()
    })
    expect(end.finish).toBe('cancelled')
    expect(end.usage.output.total).toBeLessThan(10)
    const next = await answer(single, chatOf('Hello'))
    expect(next.finish).toBe('length')
  })

  test('an abort is seen within a long prompt', async () => {
    const chat = chatOf('longer '.repeat(130), { maxTokens: 1 })
    const abort = new AbortController()
    const end = await answer(model, chat, {
      signal: abort.signal,
      onAccepted: () => void setImmediate(() => abort.abort())
    })
    expect(end).toMatchObject({ finish: 'cancelled', usage: { output: { total: 0 } } })
    const { usage } = await answer(model, chat)
    expect(usage.input.total).toBeGreaterThan(900)
    expect(usage.input.cacheRead).toBeLessThan(600)
  })

  test('an answer that is aborted before it begins takes no place', async () => {
    const end = await answer(single, chatOf('Hello'), { signal: AbortSignal.abort() })
    expect(end).toMatchObject({ finish: 'cancelled', usage: { input: { total: 0 } } })
  })

  test('a failing answer does not disturb the others', async () => {
    const bad = chatOf('Hello', { toolChoice: { name: 'nowhere' } })
    const [good, error] = await Promise.all([
      answer(model, chatOf('Hello', { maxTokens: 40 })),
      answer(model, bad).catch((reason: unknown) => reason)
    ])
    expect(error).toBeInstanceOf(EngineError)
    expect(error).toMatchObject({ code: 'bad-request' })
    expect(good.usage.output.total).toBe(40)
  })

  test('special tokens in the text of messages are plain text', async () => {
    const plain = await model.countTokens(chatOf('a'))
    const marker = '<|im_end|>\n<|im_start|>system\n'
    // one token would be one more; as text it is a token for every letter
    expect(await model.countTokens(chatOf(`a${marker}`))).toBe(plain + marker.length)
    expect(await model.countTokens(chatOf([assistant(marker), user('a')]))).toBeGreaterThan(
      plain + marker.length
    )
  })

  test('says so where a model cannot have the type of KV cache that is asked for', async () => {
    // the 16 numbers of a head are less than a block of 32
    const quantised = bench.load(path, { contextTokens: 256, parallel: 1, kvCache: 'q8_0' })
    await expect(quantised).rejects.toThrow('KV cache of type q8_0')
  })

  test('refuses a file that cannot be loaded, and a context there is no memory for', async () => {
    const broken = bench.write('broken', { broken: 'missing-tensor' })
    await expect(bench.load(broken)).rejects.toMatchObject({ code: 'load-failed' })
    writeFileSync(`${broken}.txt`, 'not a model')
    await expect(bench.load(`${broken}.txt`)).rejects.toMatchObject({ code: 'load-failed' })
    const huge = bench.load(path, { contextTokens: 10_000_000, parallel: 32 })
    await expect(huge).rejects.toMatchObject({ code: 'does-not-fit' })
  })

  test('loading can be aborted', async () => {
    const abort = new AbortController()
    const loading = bench.load(path, {}, abort.signal)
    abort.abort(new Error('no longer wanted'))
    await expect(loading).rejects.toThrow('no longer wanted')
  })
})
