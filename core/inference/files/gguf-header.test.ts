import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import {
  chatMlTemplate,
  type TinyGgufDefect,
  tinyGguf,
  tinyGgufDefects
} from '../../../test/support/tiny-gguf.ts'
import { bufferSource, GgufError } from './gguf-cursor.ts'
import { readGgufHeader } from './gguf-header.ts'
import { summarize } from './gguf-summary.ts'

const read = (bytes: Buffer) => summarize([readGgufHeader(bufferSource(bytes))])

describe('a GGUF header', () => {
  test('tells what the model is', () => {
    expect(read(tinyGguf({ name: 'Weather', contextTokens: 512 }))).toEqual({
      architecture: 'llama',
      name: 'Weather',
      kind: 'chat',
      parameters: 119_488,
      quantization: 'F32',
      contextTokens: 512,
      chatTemplate: chatMlTemplate,
      chatTemplateSha256: expect.stringMatching(/^[0-9a-f]{64}$/),
      abilities: { tools: false, reasoning: false },
      shape: {
        layers: new Array(2).fill({
          weightBytes: 4 * (64 + 4 * 64 * 64 + 64 + 3 * 64 * 128),
          keyWidth: 64,
          valueWidth: 64,
          windowTokens: null,
          stateBytes: 0
        }),
        inputBytes: 4 * 64 * 291,
        outputBytes: 4 * (64 * 291 + 64),
        sharedBytes: 0,
        embeddingLength: 64,
        feedForwardLength: 128,
        headCount: 4,
        outputLength: 291
      }
    })
  })

  test('has no template when the file has none', () => {
    expect(read(tinyGguf({ chatTemplate: null }))).toMatchObject({
      chatTemplate: null,
      chatTemplateSha256: null
    })
  })

  test('gives each template its own hash', () => {
    const one = read(tinyGguf({ chatTemplate: 'one' })).chatTemplateSha256
    expect(read(tinyGguf({ chatTemplate: 'two' })).chatTemplateSha256).not.toBe(one)
  })

  const problems: Record<TinyGgufDefect, RegExp> = {
    'bad-magic': /not a GGUF file/,
    'unknown-version': /version 99 is unknown/,
    'tensor-past-end': /shorter than its header says/,
    'tensor-offset-overflow': /shorter than its header says/,
    'tensor-count-2^63': /number of tensors is 9223372036854775808/,
    'metadata-count-2^63': /number of metadata entries is 9223372036854775808/,
    'string-length-2^64-1': /length of a text is 18446744073709551615/,
    'nested-array': /list of lists/,
    'array-count-2^61': /length of a list is 2305843009213693952/,
    'alignment-0': /alignment is not a power of two/,
    'alignment-3': /alignment is not a power of two/,
    'unknown-tensor-type': /tensor type 9999 is unknown/,
    'dimension-overflow': /shorter than its header says/,
    'too-many-dimensions': /a tensor has 6 dimensions/,
    'big-endian': /big-endian/
  }
  test.each(tinyGgufDefects)('is refused with the reason: %s', (broken) => {
    expect(() => read(tinyGguf({ broken }))).toThrow(problems[broken])
    expect(() => read(tinyGguf({ broken }))).toThrow(GgufError)
  })

  test('is refused wherever the file is cut off', () => {
    const whole = tinyGguf()
    for (let point = 0; point < 64; point += 1) {
      const cut = whole.subarray(0, Math.floor((whole.length * point) / 64))
      expect(() => read(cut), `cut at ${cut.length} of ${whole.length}`).toThrow(GgufError)
    }
    for (let length = 0; length < 4000; length += 7) {
      expect(() => read(whole.subarray(0, length)), `cut at ${length}`).toThrow(GgufError)
    }
  })

  test('never fails otherwise, whichever byte is changed', () => {
    const whole = tinyGguf()
    let refused = 0
    for (let at = 0; at < 600; at += 1) {
      for (const value of [0x00, 0x7f, 0xff]) {
        const changed = Buffer.from(whole)
        changed[at] = value
        try {
          read(changed)
        } catch (error) {
          expect(error).toBeInstanceOf(GgufError)
          refused += 1
        }
      }
    }
    expect(refused).toBeGreaterThan(100)
  })

  test('is read in ranges that stay inside the file', () => {
    const bytes = tinyGguf()
    const source = {
      size: bytes.length,
      read(target: Buffer, offset: number) {
        if (offset < 0 || offset + target.length > bytes.length) throw new RangeError('outside the file')
        bytes.copy(target, 0, offset, offset + target.length)
      }
    }
    expect(summarize([readGgufHeader(source)])).toEqual(read(bytes))
  })

  test('of this source file is none', () => {
    expect(() => read(readFileSync(new URL(import.meta.url)))).toThrow(/not a GGUF file/)
  })
})
