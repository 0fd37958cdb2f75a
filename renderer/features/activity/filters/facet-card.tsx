import { useState } from 'react'
import type { TraceFacets } from '../../../../core/contract/traces.ts'
import { classNames } from '../../../components/class-names.ts'
import { formatCount } from '../../../components/format/tokens.ts'
import { StatusDot } from '../../../components/status-dot.tsx'
import { callStatus } from '../call-status.ts'
import { type FacetName, facetLabels, type Names, valueWords } from './filter-words.ts'

type Values = TraceFacets[FacetName]

/** So many values are shown until a person asks for all. */
const SHOWN = 6

interface FacetCardProps {
  name: FacetName
  values: Values
  chosen: string | undefined
  names: Names
  onChoose: (value: string | undefined) => void
}

/** The values of one kind that calls have, the most frequent first. A click narrows the list to one, another widens it. */
export function FacetCard({ name, values, chosen, names, onChoose }: FacetCardProps) {
  const [all, setAll] = useState(false)
  const listed = withChosen(values, chosen)
  const shown = all ? listed : listed.slice(0, SHOWN)
  const most = Math.max(1, ...listed.map(({ count }) => count))
  return (
    <section aria-label={facetLabels[name]} className="min-w-0">
      <h3 className="flex h-7 items-center text-xs font-medium text-text-3">{facetLabels[name]}</h3>
      <ul className="flex flex-col">
        {shown.map(({ value, count }) => {
          const words = valueWords(name, value, names)
          const isChosen = value === chosen
          return (
            <li key={value}>
              <button
                type="button"
                aria-pressed={isChosen}
                title={words}
                onClick={() => onChoose(isChosen ? undefined : value)}
                className={classNames(
                  'relative flex h-8 w-full items-center gap-2 overflow-hidden rounded-sm px-2 text-left text-s outline-offset-[-2px] hover:bg-hover',
                  isChosen ? 'font-medium text-accent-text' : 'text-text-1'
                )}
              >
                <span
                  aria-hidden
                  className={classNames(
                    'absolute inset-y-[3px] left-0 rounded-sm',
                    isChosen ? 'bg-accent-soft' : 'bg-hover'
                  )}
                  style={{ width: `${(count / most) * 100}%` }}
                />
                {name === 'status' && <StatusMark status={value} />}
                <span className="relative min-w-0 flex-1 truncate">{words}</span>
                <span className="relative text-xs text-text-3">{formatCount(count)}</span>
              </button>
            </li>
          )
        })}
      </ul>
      {listed.length > SHOWN && (
        <button
          type="button"
          onClick={() => setAll(!all)}
          className="mt-0.5 h-7 rounded-sm px-2 text-xs text-text-2 hover:text-text-1"
        >
          {all ? 'Show fewer' : `Show all ${formatCount(listed.length)}`}
        </button>
      )}
    </section>
  )
}

function StatusMark({ status }: { status: string }) {
  const tone = Object.entries(callStatus).find(([name]) => name === status)?.[1].tone ?? 'idle'
  return (
    <span className="relative inline-flex">
      <StatusDot tone={tone} />
    </span>
  )
}

/** What is chosen stands there also where no call has it. */
function withChosen(values: Values, chosen: string | undefined): Values {
  if (chosen === undefined || values.some(({ value }) => value === chosen)) return values
  return [{ value: chosen, count: 0 }, ...values]
}
