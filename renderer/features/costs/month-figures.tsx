import type { ReactNode } from 'react'
import type { CostSum, Forecast } from '../../../core/contract/costs.ts'
import { useResource } from '../../client/resource.ts'
import { costForecast, savings } from '../../client/resources.ts'
import { useAnswer } from '../../client/use-answer.ts'
import { formatUsd, formatUsdExact } from '../../components/format/money.ts'
import { formatCount } from '../../components/format/tokens.ts'
import { Tooltip } from '../../components/tooltip.tsx'
import { callsWords, savedWords, sumDetails, sumSavings } from './cost-words.ts'

/** The month at a glance: spent, what it will come to, what was not spent, and what nobody can price. */
export function MonthFigures() {
  const total = useAnswer('GET /app/costs', { query: { by: 'model', limit: 1 } }, 'trace-recorded').data
    ?.total
  const forecast = useResource(costForecast).data
  const saved = useResource(savings).data
  return (
    <dl className="grid grid-cols-4 gap-x-6 gap-y-5 border-b border-line pb-6 max-[980px]:grid-cols-2">
      <Figure label="Spent this month" value={total && <Money nanoUsd={total.nanoUsd} />}>
        {total && <Tooltip text={sumDetails(total)}>{callsWords(total)}</Tooltip>}
      </Figure>
      <Figure label="Forecast, month end" value={forecast && <Expected forecast={forecast} />}>
        {forecast && <Band forecast={forecast} />}
      </Figure>
      <Figure label="Saved this month" value={saved && <Money nanoUsd={sumSavings(saved)} />}>
        {saved && <Tooltip text={savedWords(saved)}>By caches and this machine</Tooltip>}
      </Figure>
      <Figure label="Price unknown" value={total && formatCount(total.unknownPriceCalls)}>
        {total && <Unknown total={total} />}
      </Figure>
    </dl>
  )
}

interface FigureProps {
  label: string
  /** Null or absent while it is not known yet. */
  value: ReactNode
  children: ReactNode
}

function Figure({ label, value, children }: FigureProps) {
  return (
    <div className="min-w-0">
      <dt className="text-s text-text-3">{label}</dt>
      <dd className="h-8 text-xxl font-semibold">
        {value ?? <span className="pulse mt-2 block h-4 w-24 rounded-full bg-press" />}
      </dd>
      <dd className="mt-0.5 min-h-5 text-s text-text-2">{children}</dd>
    </div>
  )
}

function Money({ nanoUsd }: { nanoUsd: number }) {
  return <span title={formatUsdExact(nanoUsd)}>{formatUsd(nanoUsd)}</span>
}

function Expected({ forecast: { expectedNanoUsd } }: { forecast: Forecast }) {
  if (expectedNanoUsd === null) return <span className="font-normal text-text-3">–</span>
  return <Money nanoUsd={expectedNanoUsd} />
}

function Band({ forecast: { expectedNanoUsd, lowNanoUsd, highNanoUsd, basis } }: { forecast: Forecast }) {
  const words =
    expectedNanoUsd === null
      ? 'too early to say'
      : lowNanoUsd !== null && highNanoUsd !== null
        ? `likely ${formatUsd(lowNanoUsd)} to ${formatUsd(highNanoUsd)}`
        : 'how it was worked out'
  return <Tooltip text={basis}>{words}</Tooltip>
}

function Unknown({ total: { unknownPriceCalls } }: { total: CostSum }) {
  if (unknownPriceCalls === 0) return 'Every call has a price'
  return (
    <Tooltip text="Calls of models that no price is known for. They are in no sum here. Prices lets you set one.">
      calls, not in the sums
    </Tooltip>
  )
}
