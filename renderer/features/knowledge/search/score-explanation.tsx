import type { SearchHit } from '../../../../core/contract/knowledge.ts'
import { classNames } from '../../../components/class-names.ts'
import { scoreParts } from './score-words.ts'

/** What a hit's score is made of, as bars of one length in all. */
export function ScoreExplanation({ hit }: { hit: SearchHit }) {
  const most = Math.max(hit.score, 0.001)
  return (
    <dl aria-label="Why it was found" className="px-2 pt-1 pb-3 text-xs text-text-2">
      {scoreParts(hit).map(({ label, points, detail }) => (
        <div key={label} className="grid grid-cols-[64px_1fr_36px] items-center gap-x-2 py-0.5">
          <dt>{label}</dt>
          <dd aria-hidden className="h-1.5 overflow-hidden rounded-full bg-press">
            <div
              className={classNames('h-full rounded-full', points < 0 ? 'bg-text-3' : 'bg-data-1')}
              style={{ width: `${Math.min(100, (Math.abs(points) / most) * 100)}%` }}
            />
          </dd>
          <dd className="text-right">{points.toFixed(2).replace('-', '−')}</dd>
          <dd className="col-span-2 col-start-2 text-text-3 [overflow-wrap:anywhere]">{detail}</dd>
        </div>
      ))}
      <div className="mt-1 grid grid-cols-[64px_1fr_36px] gap-x-2 border-t border-line pt-1 font-medium">
        <dt>Score</dt>
        <dd className="col-start-3 text-right">{hit.score.toFixed(2)}</dd>
      </div>
    </dl>
  )
}
