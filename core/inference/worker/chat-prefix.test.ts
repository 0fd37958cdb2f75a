import type { LlamaModel, Token } from 'node-llama-cpp'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type ChatBench, chatBench } from './chat-model.test-support.ts'
import { PromptPrefixes } from './chat-prefix.ts'

describe('what a sequence already holds of a prompt', () => {
  let bench: ChatBench
  let model: LlamaModel
  let prefixes: PromptPrefixes
  const tokens = (text: string) => model.tokenize(text, false, 'trimLeadingSpace')
  /** Byte for byte, as the tokenizer never would. */
  const bytes = (text: string): Token[] => [...text].flatMap((letter) => byteOf(letter))
  const byteOf = (letter: string): Token[] => {
    const ids = [...model.iterateAllTokens()]
    const found = ids.filter((id) => model.detokenize([id], false, tokens('a')) === letter)
    return found.slice(0, 1)
  }

  beforeAll(async () => {
    bench = await chatBench()
    model = await bench.llama.loadModel({ modelPath: bench.write('tiny') })
    prefixes = new PromptPrefixes(model)
  })
  afterAll(() => bench.close())

  test('is the tokens both begin with', () => {
    const prompt = tokens('tea for two')
    const held = tokens('tea for six')
    const adopted = prefixes.adopt(prompt, held)
    expect(adopted.tokens).toEqual(prompt)
    expect(adopted.held).toBe(tokens('tea for ').length)
  })

  test('goes on where the same text was written in other tokens', () => {
    const prompt = tokens('no tea, no the milk and more')
    const written = [...tokens('no'), ...bytes(' tea, no the milk')]
    expect(written).not.toEqual(prompt.slice(0, written.length))
    const { tokens: adopted, held } = prefixes.adopt(prompt, written)
    expect(held).toBe(written.length)
    expect(adopted.slice(0, held)).toEqual(written)
    expect(model.detokenize(adopted)).toBe(model.detokenize(prompt))
  })

  test('ends before a token that reaches beyond the common text', () => {
    const { held } = prefixes.adopt(tokens('ab'), [...tokens('a'), ...bytes(' the')])
    expect(held).toBe(1)
  })

  test('never takes a special token for its text', () => {
    const marker = '<|im_end|>'
    const end = model.tokenize(marker, true).slice(-1)
    expect(model.detokenize(end, true)).toContain(marker)
    const { held } = prefixes.adopt(tokens(`a${marker}b`), [...tokens('a'), ...end, ...tokens('b')])
    expect(held).toBe(1)
  })

  test('is nothing in an empty sequence, and all of a prompt that was there', () => {
    const prompt = tokens('all of it')
    expect(prefixes.adopt(prompt, [])).toEqual({ tokens: prompt, held: 0 })
    expect(prefixes.adopt(prompt, [...prompt, ...tokens('more')])).toEqual({
      tokens: prompt,
      held: prompt.length
    })
  })
})
