import type { RoutePreview } from '../../core/contract/aliases.ts'

interface RouteExplanationProps {
  route: RoutePreview
  /** Who answered in the end; without it, who is asked first stands out. */
  answered?: string | null
}

/** Who is asked, in which order, and why; who is left out; under `auto`, what made the request easy or hard. */
export function RouteExplanation({ route, answered = null }: RouteExplanationProps) {
  const { why, order, leftOut, difficulty } = route
  const chosen = answered ?? order[0]?.model
  return (
    <div className="@container text-s">
      <p className="pb-4">{why}</p>
      <div className="grid items-start gap-x-12 gap-y-4 @xl:grid-cols-2">
        {difficulty && <Difficulty {...difficulty} />}
        {order.length > 0 && (
          <ol aria-label="Asked in this order" className="flex flex-col gap-2">
            {order.map((target, index) => (
              <li key={target.model} className="grid grid-cols-[20px_1fr] gap-x-2">
                <span
                  className={
                    target.model === chosen
                      ? 'grid size-5 place-items-center rounded-full bg-accent text-xs font-medium text-on-accent'
                      : 'grid size-5 place-items-center rounded-full bg-press text-xs text-text-2'
                  }
                >
                  {index + 1}
                </span>
                <span className="min-w-0">
                  <span className="block truncate font-medium" title={target.model}>
                    {target.model}
                  </span>
                  <span className="block text-xs text-text-2">
                    {target.why}
                    {target.model === answered && '; answered'}
                  </span>
                </span>
              </li>
            ))}
          </ol>
        )}
        {leftOut.length > 0 && (
          <section aria-label="Left out">
            <h3 className="pb-1 text-xs font-medium text-text-3">Left out</h3>
            <ul className="flex flex-col gap-1.5">
              {leftOut.map((target) => (
                <li key={target.model}>
                  <span className="block truncate text-text-2" title={target.model}>
                    {target.model}
                  </span>
                  <span className="block text-xs text-text-3">{target.why}</span>
                </li>
              ))}
            </ul>
          </section>
        )}
        {order.length === 0 && <p className="text-bad-text">No model can take this request.</p>}
      </div>
    </div>
  )
}

/** The score from easy to hard as a bar, and what made it. */
function Difficulty({ score, reasons }: NonNullable<RoutePreview['difficulty']>) {
  return (
    <section aria-label="Difficulty">
      <div className="flex items-center gap-2.5 text-xs text-text-3">
        easy
        <meter className="meter" min={0} max={1} value={score} aria-label="Difficulty">
          {Math.round(score * 100)} of 100
        </meter>
        hard
      </div>
      <dl className="mt-2 flex flex-col gap-0.5 text-xs">
        {reasons.map(({ what, points }) => (
          <div key={what} className="flex justify-between gap-3">
            <dt className="text-text-2">{what}</dt>
            <dd className="text-text-3">{formatPoints(points)}</dd>
          </div>
        ))}
      </dl>
    </section>
  )
}

function formatPoints(points: number): string {
  return `${points < 0 ? '−' : '+'}${Math.abs(points).toFixed(2)}`
}
