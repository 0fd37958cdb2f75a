import { describe, expect, it } from 'vitest'
import type { Span } from '../../../core/contract/traces.ts'
import { layOutWaterfall } from './waterfall-layout.ts'

function span(id: string, parentId: string | null, startUs: number, durationUs: number): Span {
  return {
    id,
    parentId,
    name: id,
    kind: 'stage',
    startUs,
    durationUs,
    status: 'ok',
    note: null,
    firstTokenUs: null
  }
}

describe('layOutWaterfall', () => {
  it('puts spans under the request and their parents, by start, in percent of the whole', () => {
    const answer = { ...span('answer', 'call', 300, 500), firstTokenUs: 400 }
    const rows = layOutWaterfall([answer, span('call', null, 250, 700), span('resolve', null, 10, 90)], 1000)
    expect(rows.map((row) => [row.span.name, row.depth, row.left, row.width, row.tick])).toEqual([
      ['request', 0, 0, 100, null],
      ['resolve', 1, 1, 9, null],
      ['call', 1, 25, 70, null],
      ['answer', 2, 30, 50, 40]
    ])
  })

  it('shows a span whose parent is missing, and survives a call of no length', () => {
    expect(layOutWaterfall([span('x', 'gone', 0, 0)], 0)).toMatchObject([{ depth: 0 }, { depth: 1, left: 0 }])
  })

  it('keeps a span inside that ended after its request', () => {
    const [request, late] = layOutWaterfall([span('late', null, 500, 1500)], 1000)
    expect([request?.width, late?.left, late?.width]).toEqual([50, 25, 75])
  })
})
