import type { Trace } from '../../../core/contract/traces.ts'
import { formatRoute } from '../../client/route.ts'

const names = { session: 'Session', project: 'Project', feature: 'Feature' } as const
const kinds = Object.keys(names) as (keyof typeof names)[]

/** What the program said the call is a part of, each leading to the calls that share it. */
export function TraceLabels({ trace: { labels } }: { trace: Trace }) {
  const given = kinds.flatMap((kind) => {
    const value = labels?.[kind]
    return value ? [{ kind, value }] : []
  })
  if (given.length === 0) return null
  return (
    <dl aria-label="Part of" className="flex flex-wrap gap-x-6 gap-y-1 border-b border-line py-2.5 text-s">
      {given.map(({ kind, value }) => (
        <div key={kind} className="flex min-w-0 gap-1.5">
          <dt className="text-text-3">{names[kind]}</dt>
          <dd className="min-w-0 truncate">
            <a
              href={formatRoute({ screen: 'activity', id: null, query: { [kind]: value } })}
              title={`All calls of ${value}`}
              className="text-accent-text hover:underline"
            >
              {value}
            </a>
          </dd>
        </div>
      ))}
    </dl>
  )
}
