import type { NoteGraph } from '../../../../core/contract/knowledge.ts'

export interface PlacedNode {
  path: string
  title: string
  distance: number
  x: number
  y: number
  radius: number
}

export interface PlacedEdge {
  from: PlacedNode
  to: PlacedNode
}

/** Of the whole picture. */
export const GRAPH_SIZE = 240
const CENTRE = GRAPH_SIZE / 2
/** Of the rings, from the middle out: with one of them there is more room for it. */
const ONE_RING = [0, 92]
const TWO_RINGS = [0, 62, 106]

/**
 * The note in the middle, its neighbours in a ring around it, theirs in a second one near whom they belong to. The same
 * graph always gives the same picture.
 */
export function layOutGraph({ nodes, edges }: Pick<NoteGraph, 'nodes' | 'edges'>): {
  nodes: PlacedNode[]
  edges: PlacedEdge[]
} {
  const angles = new Map<string, number>()
  const placed = new Map<string, PlacedNode>()
  const rings = nodes.some(({ distance }) => distance > 1) ? TWO_RINGS : ONE_RING
  for (const distance of [0, 1, 2]) {
    const ring = nodes
      .filter((node) => node.distance === distance)
      .map((node) => ({ node, wish: wishedAngle(node.path, edges, angles) }))
      .sort((a, b) => a.wish - b.wish || a.node.path.localeCompare(b.node.path))
    for (const [index, { node }] of ring.entries()) {
      const angle = ((index + 0.5) / ring.length) * 2 * Math.PI - Math.PI
      const ringRadius = rings[distance] ?? 0
      angles.set(node.path, angle)
      placed.set(node.path, {
        path: node.path,
        title: node.title,
        distance,
        x: CENTRE + ringRadius * Math.cos(angle),
        y: CENTRE + ringRadius * Math.sin(angle),
        radius: distance === 0 ? 7 : Math.min(6, 3 + Math.sqrt(node.links) / 2)
      })
    }
  }
  const lines = edges.flatMap(({ from, to }) => {
    const [a, b] = [placed.get(from), placed.get(to)]
    return a && b && a !== b ? [{ from: a, to: b }] : []
  })
  return { nodes: [...placed.values()], edges: lines }
}

/** Where its neighbours of the ring before stand, so that lines cross little. */
function wishedAngle(path: string, edges: NoteGraph['edges'], angles: ReadonlyMap<string, number>): number {
  const neighbours = edges.flatMap(({ from, to }) => (from === path ? [to] : to === path ? [from] : []))
  const known = neighbours.flatMap((neighbour) => angles.get(neighbour) ?? [])
  const x = known.reduce((sum, angle) => sum + Math.cos(angle), 0)
  const y = known.reduce((sum, angle) => sum + Math.sin(angle), 0)
  return x === 0 && y === 0 ? 0 : Math.atan2(y, x)
}
