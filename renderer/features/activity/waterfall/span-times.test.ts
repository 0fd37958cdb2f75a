import { expect, it } from 'vitest'
import type { Span } from '../../../../core/contract/traces.ts'
import { ownTimeUs } from './span-times.ts'
import { layOutWaterfall } from './waterfall-layout.ts'

const span = (id: string, parentId: string | null, startUs: number, durationUs: number): Span => ({
  id,
  parentId,
  name: id,
  kind: 'tool',
  startUs,
  durationUs,
  status: 'ok',
  note: null,
  firstTokenUs: null
})

it('counts what no child covers, overlaps once, and only inside', () => {
  const spans = [
    span('a', null, 0, 500),
    span('a1', 'a', 0, 499),
    span('b', null, 400, 200),
    span('late', null, 900, 400)
  ]
  const { rows } = layOutWaterfall({ spans, durationMs: 1 })
  // 0 to 600 and 900 to 1000 of 1000 are covered
  expect(ownTimeUs(rows, 0)).toBe(300)
  expect(ownTimeUs(rows, 1)).toBe(1)
  expect(ownTimeUs(rows, 2)).toBe(499)
})
