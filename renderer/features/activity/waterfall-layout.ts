import type { Span } from '../../../core/contract/traces.ts'

export interface WaterfallRow {
  span: Span
  depth: number
  /** Percent of the whole. */
  left: number
  width: number
  /** Where the first token came, in percent of the whole; null when there was none. */
  tick: number | null
}

/**
 * Spans as rows under one bar for the whole request: each under its parent, by start. A span whose parent is missing
 * stands directly under the request.
 */
export function layOutWaterfall(spans: readonly Span[], requestUs: number): WaterfallRow[] {
  const total = Math.max(1, requestUs, ...spans.map((span) => span.startUs + span.durationUs))
  const known = new Set(spans.map((span) => span.id))
  const children = new Map<string | null, Span[]>()
  for (const span of [...spans].sort((a, b) => a.startUs - b.startUs)) {
    const parent = span.parentId !== null && known.has(span.parentId) ? span.parentId : null
    children.set(parent, [...(children.get(parent) ?? []), span])
  }
  const request: Span = {
    id: 'request',
    parentId: null,
    name: 'request',
    kind: 'stage',
    startUs: 0,
    durationUs: requestUs,
    status: 'ok',
    note: null,
    firstTokenUs: null
  }
  const rows: WaterfallRow[] = [
    { span: request, depth: 0, left: 0, width: (requestUs / total) * 100, tick: null }
  ]
  const add = (parent: string | null, depth: number): void => {
    for (const span of children.get(parent) ?? []) {
      const percent = (us: number): number => Math.min(Math.max((us / total) * 100, 0), 100)
      const tick = span.firstTokenUs === null ? null : percent(span.firstTokenUs)
      rows.push({ span, depth, left: percent(span.startUs), width: percent(span.durationUs), tick })
      add(span.id, depth + 1)
    }
  }
  add(null, 1)
  return rows
}
