import { describe, expect, it } from 'vitest'
import { GRAPH_SIZE, layOutGraph } from './graph-layout.ts'

const node = (path: string, distance: number, links = 1) => ({ path, title: path, distance, links })

describe('layOutGraph', () => {
  const nodes = [node('me', 0), node('a', 1), node('b', 1), node('c', 1), node('a2', 2), node('b2', 2)]
  const edges = [
    { from: 'me', to: 'a' },
    { from: 'b', to: 'me' },
    { from: 'me', to: 'c' },
    { from: 'a', to: 'a2' },
    { from: 'b', to: 'b2' },
    { from: 'a', to: 'unknown' }
  ]
  const graph = layOutGraph({ nodes, edges })
  const at = (path: string) => graph.nodes.find((placed) => placed.path === path)

  it('puts the note in the middle and everything else inside of the picture', () => {
    expect(at('me')).toMatchObject({ x: GRAPH_SIZE / 2, y: GRAPH_SIZE / 2 })
    for (const { x, y, radius } of graph.nodes) {
      for (const place of [x, y]) {
        expect(place - radius).toBeGreaterThanOrEqual(0)
        expect(place + radius).toBeLessThanOrEqual(GRAPH_SIZE)
      }
    }
  })

  it('gives every note a place of its own', () => {
    const places = new Set(graph.nodes.map(({ x, y }) => `${x.toFixed(1)} ${y.toFixed(1)}`))
    expect(places.size).toBe(nodes.length)
  })

  it('draws lines between notes that are shown, and no others', () => {
    expect(graph.edges.map(({ from, to }) => `${from.path}-${to.path}`)).toEqual([
      'me-a',
      'b-me',
      'me-c',
      'a-a2',
      'b-b2'
    ])
  })

  it('is the same whatever order the notes came in', () => {
    const again = layOutGraph({ nodes: nodes.toReversed(), edges })
    expect(again.nodes.find(({ path }) => path === 'b2')).toEqual(at('b2'))
  })
})
