import type { Source } from '../../../../core/contract/knowledge.ts'
import { formatAgo, formatDateTime } from '../../../components/format/time.ts'
import { formatBytes, formatCount } from '../../../components/format/tokens.ts'

/** A source's health in figures. */
export function SourceFacts({ source }: { source: Source }) {
  const { documents, chunks, failures, indexBytes, lastChangeAt, completeAt, folder } = source
  const now = Date.now()
  const figures = [
    { label: 'Files', value: formatCount(documents) },
    { label: 'Passages', value: formatCount(chunks) },
    { label: 'Not readable', value: failures === 0 ? 'none' : formatCount(failures) },
    { label: 'Index', value: formatBytes(indexBytes) },
    {
      label: 'Last change',
      value: lastChangeAt === null ? '–' : formatAgo(lastChangeAt, now),
      at: lastChangeAt
    },
    { label: 'Checked', value: completeAt === null ? 'not yet' : formatAgo(completeAt, now), at: completeAt }
  ]
  return (
    <div>
      <dl className="grid grid-cols-3 gap-x-6 gap-y-4">
        {figures.map(({ label, value, at }) => (
          <div key={label} title={at ? formatDateTime(at) : undefined}>
            <dt className="text-xs text-text-3">{label}</dt>
            <dd className="text-l font-medium">{value}</dd>
          </div>
        ))}
      </dl>
      <p className="mt-4 font-mono text-xs [overflow-wrap:anywhere] text-text-3 select-text">{folder}</p>
    </div>
  )
}
