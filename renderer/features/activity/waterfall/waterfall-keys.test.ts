import { expect, it } from 'vitest'
import type { Span } from '../../../../core/contract/traces.ts'
import { moveInTree } from './waterfall-keys.ts'
import { layOutWaterfall, unfolded } from './waterfall-layout.ts'

const span = (id: string, parentId: string | null, startUs: number): Span => ({
  id,
  parentId,
  name: id,
  kind: 'tool',
  startUs,
  durationUs: 1,
  status: 'ok',
  note: null,
  firstTokenUs: null
})
const spans = [span('a', null, 0), span('a1', 'a', 1), span('a2', 'a', 2), span('b', null, 3)]
const { rows } = layOutWaterfall({ spans, durationMs: 1 })
const press = (key: string, on: string, folded: string[] = []) => {
  const active = rows.findIndex((row) => row.span.id === on)
  const move = moveInTree(key, rows, unfolded(rows, new Set(folded)), active)
  if (!move) return null
  const [action, index] = Object.entries(move)[0] ?? []
  return `${action} ${rows[Number(index)]?.span.id}`
}

it.each([
  ['ArrowDown', 'a', [], 'go a1'],
  ['ArrowDown', 'a', ['a'], 'go b'],
  ['ArrowDown', 'b', [], null],
  ['ArrowUp', 'b', ['a'], 'go a'],
  ['ArrowUp', 'request', [], null],
  ['Home', 'a2', [], 'go request'],
  ['End', 'request', [], 'go b'],
  ['PageDown', 'request', [], 'go b'],
  ['PageUp', 'b', [], 'go request'],
  ['ArrowRight', 'a', ['a'], 'unfold a'],
  ['ArrowRight', 'a', [], 'go a1'],
  ['ArrowRight', 'a1', [], null],
  ['ArrowLeft', 'a', [], 'fold a'],
  ['ArrowLeft', 'a', ['a'], 'go request'],
  ['ArrowLeft', 'a2', [], 'go a'],
  ['ArrowLeft', 'request', ['request'], null],
  ['x', 'a', [], null]
])('%s on %s with %j folded: %s', (key, on, folded, move) => {
  expect(press(key, on, folded)).toBe(move)
})
