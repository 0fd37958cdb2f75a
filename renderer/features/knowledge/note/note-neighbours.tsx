import { useState } from 'react'
import { noteHref } from '../../../client/knowledge/note-route.ts'
import { useAnswer } from '../../../client/use-answer.ts'
import { Segmented } from '../../../components/segmented.tsx'
import { GRAPH_SIZE } from './graph-layout.ts'
import { NeighbourGraph } from './neighbour-graph.tsx'

const depths = [
  { value: '1', label: 'Linked' },
  { value: '2', label: 'And theirs' }
] as const

/** The notes around one, as a picture and as a list of the same. */
export function NoteNeighbours({ source, path }: { source: string; path: string }) {
  const [depth, setDepth] = useState<'1' | '2'>('1')
  const [pointed, setPointed] = useState<string | null>(null)
  const query = { source, path, depth }
  const { data } = useAnswer('GET /app/knowledge/graph', { query }, 'knowledge-changed')
  if (data === null) return <div style={{ height: GRAPH_SIZE }} />
  const others = data.nodes.filter(({ distance }) => distance > 0)
  if (others.length === 0 && depth === '1') return null
  return (
    <section aria-label="Neighbours">
      <Segmented label="How far" value={depth} options={depths} onChange={setDepth} />
      <NeighbourGraph graph={data} source={source} pointed={pointed} onPoint={setPointed} />
      {data.truncated && <p className="text-xs text-text-3">Only the most linked are shown.</p>}
      <ul aria-label="Neighbours" className="max-h-36 overflow-y-auto">
        {others.map(({ path: other, title }) => (
          <li key={other}>
            <a
              href={noteHref(source, other)}
              title={other}
              onFocus={() => setPointed(other)}
              onBlur={() => setPointed(null)}
              onMouseEnter={() => setPointed(other)}
              onMouseLeave={() => setPointed(null)}
              className="block cursor-default truncate rounded-sm py-0.5 outline-offset-[-2px] hover:underline"
            >
              {title}
            </a>
          </li>
        ))}
      </ul>
    </section>
  )
}
