import { Braces, Brain, Eye, Wrench } from 'lucide-react'
import type { ReactNode } from 'react'
import type { TargetHealth } from '../../../core/contract/aliases.ts'
import type { Model } from '../../../core/contract/models.ts'
import { shortContext } from '../../client/model-options.ts'
import { classNames } from '../../components/class-names.ts'
import { formatDurationShort } from '../../components/format/time.ts'
import { StatusDot } from '../../components/status-dot.tsx'
import { describeHealth } from './provider-facts.ts'

export interface ModelRowData {
  model: Model
  /** Undefined while it was never asked. */
  target: TargetHealth | undefined
}

export interface ModelColumn {
  head: string
  className: string
  /** Whether a row says anything here; a column in which none does is not shown. */
  has(row: ModelRowData): boolean
  cell(row: ModelRowData): ReactNode
}

/** What the table of a provider's models says of each, beside its name. */
export const modelColumns: readonly ModelColumn[] = [
  {
    head: 'Context',
    className: 'w-[72px] text-right',
    has: ({ model }) => model.contextTokens !== null,
    cell: ({ model }) => (model.contextTokens === null ? '' : shortContext(model.contextTokens))
  },
  {
    head: 'Can do',
    className: 'w-[104px] pl-4',
    has: ({ model }) => Object.values(model.abilities).includes(true),
    cell: ({ model }) => <Abilities {...model.abilities} />
  },
  {
    head: 'Price',
    className: 'w-[76px] pl-4',
    has: () => true,
    cell: ({ model }) => (
      <span className={model.priced ? 'text-text-2' : 'text-text-3'}>
        {model.priced ? 'known' : 'unknown'}
      </span>
    )
  },
  {
    head: 'First word',
    className: 'w-[80px] text-right',
    has: ({ target }) => target?.latencyMs != null,
    cell: ({ target }) => (target?.latencyMs == null ? '' : formatDurationShort(target.latencyMs))
  },
  {
    head: 'Health',
    className: 'w-[190px] pl-5 max-[860px]:w-[150px]',
    has: () => true,
    cell: ({ target }) => <HealthWords target={target} />
  }
]

function HealthWords({ target }: { target: TargetHealth | undefined }) {
  const { tone, words } = describeHealth(target, Date.now())
  const inFlight = target && target.inFlight > 0 ? `, ${target.inFlight} in flight` : ''
  return (
    <span className="flex items-center gap-2 whitespace-nowrap text-text-2">
      <StatusDot tone={tone} />
      <span className="truncate">{words + inFlight}</span>
    </span>
  )
}

const abilityIcons = [
  { name: 'vision', label: 'sees images', icon: <Eye /> },
  { name: 'tools', label: 'calls tools', icon: <Wrench /> },
  { name: 'json', label: 'answers in JSON', icon: <Braces /> },
  { name: 'reasoning', label: 'reasons first', icon: <Brain /> }
] as const

/** What is known that it can do; each has its place, so that columns can be compared. */
function Abilities(abilities: Model['abilities']) {
  return (
    <span className="flex gap-1.5 [&_svg]:size-4">
      {abilityIcons.map(({ name, label, icon }) => (
        <span
          key={name}
          title={abilities[name] ? label : undefined}
          className={classNames('size-4', abilities[name] ? 'text-text-2' : 'invisible')}
        >
          {icon}
          {abilities[name] && <span className="sr-only">{label}</span>}
        </span>
      ))}
    </span>
  )
}
