import type { Span, Trace } from '../../../../core/contract/traces.ts'

/** A span in the place where the time line draws it. */
export interface WaterfallRow {
  span: Span
  depth: number
  /** Where its parent stands in the whole list; null at the top. */
  parent: number | null
  /** How many rows after it are below it. */
  descendants: number
  /** Of the rows with the same parent: which one it is, from 1, and how many there are. */
  position: number
  siblings: number
  /** Percent of the whole. */
  left: number
  width: number
  /** Where the first token came, in percent of the whole; null when there was none. */
  tick: number | null
}

export interface Waterfall {
  /** Each parent before its children, children by their start. */
  rows: WaterfallRow[]
  /** The time line's beginning and length, in microseconds after the trace's start. */
  fromUs: number
  totalUs: number
}

/** The id of the row that stands for the whole call. */
export const REQUEST = 'request'

/**
 * Spans as rows. Those of the gateway stand under one row for the call, which itself stands under the span of the program
 * that made it, where that is known. A span whose parent is missing has the place of one without; those whose parents
 * lead back to themselves stand at the top. Takes time in proportion to the number of spans.
 */
export function layOutWaterfall(
  trace: Pick<Trace, 'spans' | 'durationMs' | 'source' | 'parentSpanId'>
): Waterfall {
  const request = trace.source === 'otlp' ? null : requestSpan(trace.durationMs * 1000)
  const all = request ? [request, ...trace.spans] : [...trace.spans]
  all.sort((a, b) => a.startUs - b.startUs)
  const known = new Set(all.map(({ id }) => id))

  const placeOf = (span: Span): string | null => {
    const wanted = span === request ? (trace.parentSpanId ?? null) : span.parentId
    if (wanted !== null && wanted !== span.id && known.has(wanted)) return wanted
    return request && span !== request && span.traceId === undefined ? REQUEST : null
  }
  const children = new Map<string | null, Span[]>()
  for (const span of all) {
    const place = placeOf(span)
    const list = children.get(place)
    if (list) list.push(span)
    else children.set(place, [span])
  }

  const ends = all.map((span) => span.startUs + span.durationUs)
  const fromUs = all.reduce((least, span) => Math.min(least, span.startUs), 0)
  const totalUs = Math.max(1, ends.reduce((most, end) => Math.max(most, end), 0) - fromUs)
  const rows = inOrder(all, children).map((placed) => ({ ...placed, ...barOf(placed.span, fromUs, totalUs) }))
  return { rows, fromUs, totalUs }
}

type PlacedRow = Omit<WaterfallRow, 'left' | 'width' | 'tick'>

/** Walks the tree with a stack of its own: chains of spans may be longer than the engine's. */
function inOrder(all: readonly Span[], children: ReadonlyMap<string | null, readonly Span[]>): PlacedRow[] {
  const rows: PlacedRow[] = []
  const placed = new Set<Span>()
  const open: { list: readonly Span[]; next: number; row: number | null }[] = []

  const walk = (roots: readonly Span[]): void => {
    open.push({ list: roots, next: 0, row: null })
    for (let level = open.at(-1); level; level = open.at(-1)) {
      const span = level.list[level.next++]
      if (span === undefined) {
        open.pop()
        const row = level.row === null ? undefined : rows[level.row]
        if (row && level.row !== null) row.descendants = rows.length - 1 - level.row
        continue
      }
      if (placed.has(span)) continue
      placed.add(span)
      const row = {
        span,
        depth: open.length - 1,
        parent: level.row,
        descendants: 0,
        position: level.next,
        siblings: level.list.length
      }
      open.push({ list: children.get(span.id) ?? [], next: 0, row: rows.push(row) - 1 })
    }
  }
  walk(children.get(null) ?? [])
  for (const span of all) if (!placed.has(span)) walk([span])
  return rows
}

function barOf(span: Span, fromUs: number, totalUs: number): Pick<WaterfallRow, 'left' | 'width' | 'tick'> {
  const left = ((span.startUs - fromUs) / totalUs) * 100
  return {
    left,
    width: Math.min((span.durationUs / totalUs) * 100, 100 - left),
    tick: span.firstTokenUs === null ? null : ((span.firstTokenUs - fromUs) / totalUs) * 100
  }
}

function requestSpan(durationUs: number): Span {
  return {
    id: REQUEST,
    parentId: null,
    name: 'request',
    kind: 'stage',
    startUs: 0,
    durationUs,
    status: 'ok',
    note: null,
    firstTokenUs: null
  }
}

/** Where the rows stand that are in sight when these are folded up. */
export function unfolded(rows: readonly WaterfallRow[], folded: ReadonlySet<string>): number[] {
  const shown: number[] = []
  for (let index = 0; index < rows.length; index++) {
    shown.push(index)
    const row = rows[index]
    if (row && folded.has(row.span.id)) index += row.descendants
  }
  return shown
}

/** All spans that can be folded up, but for one that would fold everything. */
export function foldable(rows: readonly WaterfallRow[]): Set<string> {
  const isWhole = ({ descendants }: WaterfallRow): boolean => descendants === rows.length - 1
  return new Set(rows.filter((row) => row.descendants > 0 && !isWhole(row)).map(({ span }) => span.id))
}
