import type { Source } from '../../../../core/contract/knowledge.ts'
import { formatRoute } from '../../../client/route.ts'
import { moveFocusByArrows } from '../../../components/arrow-keys.ts'
import { classNames } from '../../../components/class-names.ts'
import { formatCount } from '../../../components/format/tokens.ts'
import { SkeletonRows } from '../../../components/skeleton.tsx'
import { StatusDot } from '../../../components/status-dot.tsx'
import { type Place, placeId } from '../place.ts'
import { progressPart, sourceStatus } from './source-words.ts'

const tips = [
  ['"leek soup"', 'these words, as they stand'],
  ['tag:recipe', 'notes with a tag'],
  ['path:Projects', 'a folder or file name'],
  ['kind:pdf', 'one kind of file'],
  ['last week', 'changed then']
] as const

interface SourceNavProps {
  sources: readonly Source[] | null
  place: Place
}

/** The sources, one line each, and what can be typed above. */
export function SourceNav({ sources, place }: SourceNavProps) {
  if (sources === null) return <SkeletonRows count={3} />
  return (
    <>
      <nav aria-label="Sources" onKeyDown={moveFocusByArrows}>
        {sources.length > 0 && (
          <NavLink place={{ show: 'overview' }} active={place.show === 'overview'} label="All sources" />
        )}
        {sources.map((source) => (
          <NavLink
            key={source.id}
            place={{ show: 'source', id: source.id, tab: 'overview' }}
            active={place.show === 'source' && place.id === source.id}
            label={source.name}
            source={source}
          />
        ))}
      </nav>
      {sources.length > 0 && (
        <section aria-label="What can be searched for" className="mt-5 px-2">
          <h2 className="text-xs font-medium text-text-3">You can type</h2>
          <dl className="mt-1 text-xs text-text-3">
            {tips.map(([typed, meaning]) => (
              <div key={typed} className="flex items-baseline gap-3 py-0.5">
                <dt className="w-24 shrink-0 truncate font-mono text-text-2">{typed}</dt>
                <dd className="min-w-0">{meaning}</dd>
              </div>
            ))}
          </dl>
        </section>
      )}
    </>
  )
}

interface NavLinkProps {
  place: Place
  active: boolean
  label: string
  source?: Source
}

function NavLink({ place, active, label, source }: NavLinkProps) {
  const part = source && progressPart(source)
  const status = source && sourceStatus(source)
  return (
    <a
      data-row
      href={formatRoute({ screen: 'knowledge', id: placeId(place) })}
      aria-current={active ? 'page' : undefined}
      className={classNames(
        'flex h-(--row) cursor-default items-center gap-2.5 rounded-md px-2 outline-offset-[-2px] hover:bg-hover',
        active && 'bg-press font-medium hover:bg-press'
      )}
    >
      {status && <StatusDot {...status} />}
      <span className="min-w-0 flex-1 truncate">{label}</span>
      {source && (
        <small className="text-xs font-normal text-text-3">
          {part === null || part === undefined
            ? formatCount(source.documents)
            : `${Math.floor(part * 100)} %`}
        </small>
      )}
    </a>
  )
}
