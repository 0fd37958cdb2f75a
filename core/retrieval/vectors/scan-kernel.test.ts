import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { kernelModule } from '../../../resources/vectors/build-kernel.ts'
import { createScanMemory } from './scan-memory.ts'
import { emptyContent, SEGMENT_SIZE } from './segment.ts'
import { seededRandom } from './vectors.test-support.ts'

test('the bytes come from the source', async () => {
  const written = readFileSync(new URL('./scan-kernel.generated.ts', import.meta.url), 'utf8')
  expect(written).toBe(await kernelModule())
})

const random = seededRandom(3)
/** All of int8 that rounding gives, the extremes often. */
const codesOf = (length: number): Int8Array =>
  Int8Array.from({ length }, () =>
    random() < 0.2 ? (random() < 0.5 ? -127 : 127) : Math.floor(random() * 255) - 127
  )

test.each([16, 32, 384, 3072])('multiplies vectors of %i numbers as plain code does', (stride) => {
  const memory = createScanMemory(stride)
  const query = { codes: codesOf(stride), scale: 1 }
  const content = emptyContent(stride)
  content.codes.set(codesOf(SEGMENT_SIZE * stride))
  for (let index = 0; index < SEGMENT_SIZE; index++) content.scales[index] = random()
  content.scales[3] = Number.NaN
  // a second one, so that addresses differ
  memory.hold(emptyContent(stride).scales, emptyContent(stride).codes)
  const slot = memory.hold(content.scales, content.codes)
  memory.setQuery(query)

  const expected = Array.from(content.scales, (scale, index) => {
    const vector = content.codes.subarray(index * stride, (index + 1) * stride)
    return Math.fround(vector.reduce((sum, code, at) => sum + code * (query.codes[at] ?? 0), 0) * scale)
  })
  expect(memory.scan(slot)).toBe(Math.max(...expected.filter((score) => !Number.isNaN(score))))
  expect([...memory.scores()]).toEqual(expected)
})

test('finds nothing in a segment without vectors, whose slot is used again', () => {
  const memory = createScanMemory(16)
  const empty = emptyContent(16)
  const slot = memory.hold(empty.scales, empty.codes)
  memory.setQuery({ codes: codesOf(16), scale: 1 })
  expect(memory.scan(slot)).toBe(Number.NEGATIVE_INFINITY)
  memory.release(slot)
  expect(memory.hold(empty.scales, empty.codes)).toBe(slot)
})
