import { useMemo } from 'react'
import type { NoteGraph } from '../../../../core/contract/knowledge.ts'
import { noteHref } from '../../../client/knowledge/note-route.ts'
import { classNames } from '../../../components/class-names.ts'
import { GRAPH_SIZE, layOutGraph, type PlacedNode } from './graph-layout.ts'

interface NeighbourGraphProps {
  graph: NoteGraph
  source: string
  /** Path of the note that the pointer or the focus is on, here or in the list. */
  pointed: string | null
  onPoint: (path: string | null) => void
}

/** The picture alone: the list beside it holds the same notes for the keyboard and for screen readers. */
export function NeighbourGraph({ graph, source, pointed, onPoint }: NeighbourGraphProps) {
  const { nodes, edges } = useMemo(() => layOutGraph(graph), [graph])
  const named = nodes.find(({ path }) => path === pointed)
  return (
    <div aria-hidden="true" className="relative">
      <svg viewBox={`0 0 ${GRAPH_SIZE} ${GRAPH_SIZE}`} className="block w-full max-w-[248px]">
        <title>Neighbours</title>
        {edges.map(({ from, to }) => (
          <line
            key={`${from.path} ${to.path}`}
            x1={from.x}
            y1={from.y}
            x2={to.x}
            y2={to.y}
            className={touches(pointed, from, to) ? 'stroke-accent' : 'stroke-line-strong'}
          />
        ))}
        {nodes.map(({ path, x, y, radius, distance }) => (
          <a
            key={path}
            href={noteHref(source, path)}
            tabIndex={-1}
            onMouseEnter={() => onPoint(path)}
            onMouseLeave={() => onPoint(null)}
          >
            {/* easier to hit than what is seen */}
            <circle cx={x} cy={y} r={radius + 5} className="fill-transparent" />
            <circle
              cx={x}
              cy={y}
              r={radius}
              className={classNames(
                'pointer-events-none',
                distance === 0 || path === pointed
                  ? 'fill-accent'
                  : distance === 1
                    ? 'fill-text-3'
                    : 'fill-line-strong'
              )}
            />
          </a>
        ))}
      </svg>
      <p className="h-5 truncate text-center text-xs text-text-2">{named?.title}</p>
    </div>
  )
}

function touches(pointed: string | null, from: PlacedNode, to: PlacedNode): boolean {
  return pointed !== null && (from.path === pointed || to.path === pointed)
}
