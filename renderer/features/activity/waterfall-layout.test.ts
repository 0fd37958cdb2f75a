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
  it('puts spans under their parents, by start, in percent of the whole', () => {
    const call = { ...span('call', 'request', 250, 700), firstTokenUs: 400 }
    const rows = layOutWaterfall([call, span('resolve', 'request', 10, 90), span('request', null, 0, 1000)])
    expect(rows.map((row) => [row.span.id, row.depth, row.left, row.width, row.tick])).toEqual([
      ['request', 0, 0, 100, null],
      ['resolve', 1, 1, 9, null],
      ['call', 1, 25, 70, 40]
    ])
  })

  it('shows a span whose parent is missing, and survives a call of no length', () => {
    expect(layOutWaterfall([span('x', 'gone', 0, 0)])).toMatchObject([{ depth: 0, left: 0, width: 0 }])
    expect(layOutWaterfall([])).toEqual([])
  })
})
