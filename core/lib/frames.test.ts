import { describe, expect, test } from 'vitest'
import { encodeFrame, frameDecoder } from './frames.ts'

const values = [{ type: 'hello', text: 'Grüße 👋' }, [], null, { nested: { deep: [1, 2, 3] } }]
const stream = Buffer.concat(values.map(encodeFrame))

describe('frames', () => {
  test('come back in order when all arrive at once', () => {
    expect(frameDecoder(1000)(stream)).toEqual(values)
  })

  test('come back the same wherever the stream is cut', () => {
    for (let size = 1; size < 20; size += 1) {
      const decode = frameDecoder(1000)
      const received: unknown[] = []
      for (let at = 0; at < stream.length; at += size)
        received.push(...decode(stream.subarray(at, at + size)))
      expect(received).toEqual(values)
    }
  })

  test('are refused by their announced length, before their body arrives', () => {
    const header = Buffer.alloc(4)
    header.writeUInt32LE(1001)
    expect(() => frameDecoder(1000)(header)).toThrow(RangeError)
  })

  test('must be JSON', () => {
    const broken = encodeFrame('x').fill('{', 4)
    expect(() => frameDecoder(1000)(broken)).toThrow(SyntaxError)
  })
})
