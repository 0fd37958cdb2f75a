import { describe, expect, it } from 'vitest'
import type { Span } from '../../../../core/contract/traces.ts'
import { foldable, layOutWaterfall, unfolded, type WaterfallRow } from './waterfall-layout.ts'

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

const shape = (rows: readonly WaterfallRow[]) => rows.map((row) => [row.span.id, row.depth])

describe('layOutWaterfall', () => {
  it('puts spans under the request and their parents, by start, in percent of the whole', () => {
    const answer = { ...span('answer', 'call', 300, 500), firstTokenUs: 400 }
    const spans = [answer, span('call', null, 250, 700), span('resolve', null, 10, 90)]
    const { rows } = layOutWaterfall({ spans, durationMs: 1 })
    expect(rows.map((row) => [row.span.name, row.depth, row.left, row.width, row.tick])).toEqual([
      ['request', 0, 0, 100, null],
      ['resolve', 1, 1, 9, null],
      ['call', 1, 25, 70, null],
      ['answer', 2, 30, 50, 40]
    ])
  })

  it('says of each row what screen readers tell of a tree', () => {
    const spans = [span('a', null, 0, 1), span('a1', 'a', 1, 1), span('a2', 'a', 2, 1), span('b', null, 3, 1)]
    const { rows } = layOutWaterfall({ spans, durationMs: 1 })
    expect(rows.map((row) => [row.span.id, row.parent, row.descendants, row.position, row.siblings])).toEqual(
      [
        ['request', null, 4, 1, 1],
        ['a', 0, 2, 1, 2],
        ['a1', 1, 0, 1, 2],
        ['a2', 1, 0, 2, 2],
        ['b', 0, 0, 2, 2]
      ]
    )
  })

  it('shows a span whose parent is missing, and survives a call of no length', () => {
    const { rows } = layOutWaterfall({ spans: [span('x', 'gone', 0, 0)], durationMs: 0 })
    expect(rows).toMatchObject([{ depth: 0 }, { depth: 1, left: 0, width: 0 }])
  })

  it('keeps a span inside that ended after its request', () => {
    const { rows } = layOutWaterfall({ spans: [span('late', null, 500, 1500)], durationMs: 1 })
    expect(rows.map((row) => [row.left, row.width])).toEqual([
      [0, 50],
      [25, 75]
    ])
  })

  it('puts the call under the span of the program that made it, which began before it', () => {
    const agent = { ...span('agent', null, -1000, 4000), traceId: 't2' }
    const search = { ...span('search', 'agent', -900, 500), traceId: 't2' }
    const report = { ...span('report', 'agent', 2000, 500), traceId: 't2' }
    const spans = [agent, report, search, span('resolve', null, 0, 100)]
    const waterfall = layOutWaterfall({ spans, durationMs: 1, parentSpanId: 'agent' })
    expect(shape(waterfall.rows)).toEqual([
      ['agent', 0],
      ['search', 1],
      ['request', 1],
      ['resolve', 2],
      ['report', 1]
    ])
    expect(waterfall).toMatchObject({ fromUs: -1000, totalUs: 4000 })
    expect(waterfall.rows[2]).toMatchObject({ left: 25, width: 25 })
  })

  it('has no row for the call where another program sent the trace', () => {
    const spans = [span('agent', null, 0, 1000), span('tool', 'agent', 10, 20)]
    expect(shape(layOutWaterfall({ spans, durationMs: 1, source: 'otlp' }).rows)).toEqual([
      ['agent', 0],
      ['tool', 1]
    ])
  })

  it('shows spans once whose parents lead back to themselves', () => {
    const spans = [span('a', 'b', 0, 1), span('b', 'a', 1, 1), span('self', 'self', 2, 1)]
    const { rows } = layOutWaterfall({ spans, durationMs: 1 })
    expect(shape(rows)).toEqual([
      ['request', 0],
      ['self', 1],
      ['a', 0],
      ['b', 1]
    ])
  })

  it('lays out a chain deeper than any stack', () => {
    const spans = Array.from({ length: 30_000 }, (_, index) =>
      span(`s${index}`, index === 0 ? null : `s${index - 1}`, index, 1)
    )
    const { rows } = layOutWaterfall({ spans, durationMs: 30 })
    expect(rows.at(-1)).toMatchObject({ depth: 30_000, parent: 29_999 })
    expect(rows[0]?.descendants).toBe(30_000)
  })
})

describe('unfolded', () => {
  it('leaves out what is below a folded row, and nothing else', () => {
    const spans = [span('a', null, 0, 1), span('a1', 'a', 1, 1), span('b', null, 3, 1)]
    const { rows } = layOutWaterfall({ spans, durationMs: 1 })
    const ids = (folded: string[]) => unfolded(rows, new Set(folded)).map((index) => rows[index]?.span.id)
    expect(ids([])).toEqual(['request', 'a', 'a1', 'b'])
    expect(ids(['a'])).toEqual(['request', 'a', 'b'])
    expect(ids(['request', 'a'])).toEqual(['request'])
  })
})

describe('foldable', () => {
  const spans = [span('a', null, 0, 1), span('a1', 'a', 1, 1), span('a2', 'a1', 1, 1), span('b', null, 3, 1)]

  it('leaves open what holds everything', () => {
    expect([...foldable(layOutWaterfall({ spans, durationMs: 1 }).rows)]).toEqual(['a', 'a1'])
  })

  it('has every parent where several stand at the top', () => {
    expect([...foldable(layOutWaterfall({ spans, durationMs: 1, source: 'otlp' }).rows)]).toEqual(['a', 'a1'])
  })
})
