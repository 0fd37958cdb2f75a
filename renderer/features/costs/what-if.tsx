import { useState } from 'react'
import type { WhatIf as WhatIfAnswer, WhatIfRequest } from '../../../core/contract/costs.ts'
import { groupModels } from '../../client/model-options.ts'
import { useResource } from '../../client/resource.ts'
import { models } from '../../client/resources.ts'
import { useAnswer } from '../../client/use-answer.ts'
import { formatUsd, formatUsdExact } from '../../components/format/money.ts'
import { formatCount } from '../../components/format/tokens.ts'
import { ModelPicker } from '../../components/model-picker.tsx'
import { Notice } from '../../components/notice.tsx'
import { Section } from '../../components/screen-layout.tsx'
import { Segmented } from '../../components/segmented.tsx'
import { differenceWords } from './cost-words.ts'
import type { Period } from './period.ts'
import type { View } from './view.ts'

type Instead = WhatIfRequest['instead']

const ways = [
  { value: 'model', label: 'Another model' },
  { value: 'on-device', label: 'On-device' },
  { value: 'cached', label: 'Cached' }
] as const

/** What the calls shown above would have cost otherwise. */
export function WhatIf({ view, period }: { view: View; period: Period }) {
  const [way, setWay] = useState<(typeof ways)[number]['value']>('model')
  const [model, setModel] = useState<string | null>(null)
  const all = useResource(models).data ?? []
  const priced = groupModels(all.filter((offered) => offered.priced && !offered.onDevice))
  const instead: Instead | null = way !== 'model' ? { kind: way } : model ? { kind: way, model } : null
  return (
    <Section title="What if" lead="The calls above, by the tokens they really used.">
      <div className="flex min-h-8 flex-wrap items-center gap-3 pb-3">
        <Segmented label="What if they had gone to" value={way} options={ways} onChange={setWay} />
        {way === 'model' && <ModelPicker groups={priced} value={model} onChange={setModel} />}
      </div>
      {instead ? (
        <Outcome view={view} period={period} instead={instead} />
      ) : (
        <p className="text-s text-text-3">Choose a model to see what it would have charged.</p>
      )}
    </Section>
  )
}

function Outcome({
  view,
  period: { from, until },
  instead
}: {
  view: View
  period: Period
  instead: Instead
}) {
  const { data, error } = useAnswer('POST /app/costs/what-if', {
    body: { from, until, ...view.only, instead }
  })
  if (error) return <Notice tone="bad">{error}</Notice>
  if (!data) return <div role="status" aria-label="Loading" className="h-[68px]" />
  return <Comparison {...data} />
}

function Comparison({ calls, leftOut, actualNanoUsd, otherwiseNanoUsd, note }: WhatIfAnswer) {
  const highest = Math.max(actualNanoUsd, otherwiseNanoUsd, 1)
  const bars = [
    { label: 'As it was', nanoUsd: actualNanoUsd, colour: 'bg-data-6' },
    { label: 'Otherwise', nanoUsd: otherwiseNanoUsd, colour: 'bg-data-1' }
  ]
  if (calls === 0)
    return <p className="text-s text-text-3">{note ?? 'There is no call to work it out for.'}</p>
  return (
    <div aria-live="polite" className="flex flex-col gap-3">
      <dl className="flex flex-col gap-2 text-s">
        {bars.map(({ label, nanoUsd, colour }) => (
          <div key={label} className="grid grid-cols-[84px_1fr_88px] items-center gap-3">
            <dt className="text-text-2">{label}</dt>
            <dd aria-hidden className="h-2.5">
              <div
                className={`h-full rounded-[3px] ${colour}`}
                style={{ width: `${(nanoUsd / highest) * 100}%` }}
              />
            </dd>
            <dd className="text-right font-medium" title={formatUsdExact(nanoUsd)}>
              {formatUsd(nanoUsd)}
            </dd>
          </div>
        ))}
      </dl>
      <p className="text-s text-text-2">
        <span className={otherwiseNanoUsd < actualNanoUsd ? 'font-medium text-ok-text' : 'font-medium'}>
          {differenceWords(actualNanoUsd, otherwiseNanoUsd)}
        </span>
        {`, over ${formatCount(calls)} calls`}
        {leftOut > 0 && `; ${formatCount(leftOut)} left out, their tokens or price being unknown`}.
        {note && <span className="text-text-3"> {note}</span>}
      </p>
    </div>
  )
}
