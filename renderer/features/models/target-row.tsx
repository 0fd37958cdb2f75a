import { Cpu, GripVertical, SlidersHorizontal, X } from 'lucide-react'
import { type ComponentProps, useState } from 'react'
import type { Strategy } from '../../../core/contract/aliases.ts'
import { modelName } from '../../client/model-options.ts'
import { useResource } from '../../client/resource.ts'
import { appKeys, health, models } from '../../client/resources.ts'
import { IconButton } from '../../components/button.tsx'
import { classNames } from '../../components/class-names.ts'
import { NumberInput } from '../../components/number-input.tsx'
import { StatusDot } from '../../components/status-dot.tsx'
import type { TargetDraft } from './alias-draft.ts'
import { describeHealth } from './provider-facts.ts'
import { RuleFields } from './rule-fields.tsx'
import { describeRule } from './rule-words.ts'

interface TargetRowProps {
  target: TargetDraft
  number: number
  strategy: Strategy
  problem: string | null
  /** It is being dragged. */
  held: boolean
  handle: Pick<ComponentProps<'button'>, 'onPointerDown' | 'onKeyDown'>
  onChange: (target: TargetDraft) => void
  onRemove: () => void
}

export function TargetRow({ target, number, strategy, problem, held, handle, ...on }: TargetRowProps) {
  const model = useResource(models).data?.find(({ id }) => id === target.model)
  const known = useResource(models).data === null || model !== undefined
  const name = modelName(target.model)
  return (
    <li className={classNames('relative py-1.5', held && 'z-10 rounded-md bg-accent-soft')}>
      <div className="flex min-h-9 items-center gap-1.5">
        <button
          type="button"
          data-handle={target.key}
          aria-label={`Move ${name}, number ${number}: arrow keys`}
          title="Drag, or press the arrow keys"
          className="grid h-8 w-6 shrink-0 touch-none place-items-center rounded-sm text-text-3 select-none hover:bg-hover hover:text-text-1 [&>svg]:size-4"
          {...handle}
        >
          <GripVertical />
        </button>
        <span className="w-4 shrink-0 text-right text-s text-text-3">{number}</span>
        <span className="ml-1 min-w-0 flex-1">
          <span className="flex items-center gap-2">
            <span className="truncate" title={target.model}>
              {name}
            </span>
            {model?.onDevice && (
              <Cpu className="size-4 shrink-0 text-accent-text" aria-label="on this machine" />
            )}
          </span>
          <span className="block truncate text-xs text-text-3">
            {known ? (model?.providerName ?? target.model) : 'No provider offers it now. It is passed over.'}
          </span>
        </span>
        <Health model={target.model} />
        {strategy === 'weighted' && (
          <NumberInput
            className="w-20 shrink-0"
            aria-label={`Weight of ${name}`}
            aria-invalid={problem !== null}
            value={target.weight}
            onChange={(weight) => on.onChange({ ...target, weight })}
          />
        )}
        <IconButton label={`Take out ${name}`} onClick={on.onRemove}>
          <X />
        </IconButton>
      </div>
      {strategy === 'rules' && <Rule target={target} onChange={on.onChange} />}
      {problem && <p className="mt-1 ml-14 text-xs text-bad-text">{problem}</p>}
    </li>
  )
}

function Health({ model }: { model: string }) {
  const target = useResource(health).data?.find((known) => known.model === model)
  const { tone, words } = describeHealth(target, Date.now())
  if (!target || target.state === 'unused') return null
  return (
    <span className="inline-flex shrink-0 items-center gap-1.5 pr-1 text-xs text-text-3">
      <StatusDot tone={tone} />
      {words}
    </span>
  )
}

function Rule({ target, onChange }: Pick<TargetRowProps, 'target' | 'onChange'>) {
  const keys = useResource(appKeys).data ?? []
  const [open, setOpen] = useState(false)
  const keyName = (id: string): string => keys.find((key) => key.id === id)?.name ?? 'a revoked key'
  return (
    <div className="mt-0.5 ml-14">
      <button
        type="button"
        aria-expanded={open}
        aria-label={`When ${modelName(target.model)} is asked`}
        onClick={() => setOpen(!open)}
        className="flex min-h-7 w-full items-center gap-2 rounded-sm text-left text-s text-text-2 hover:text-text-1"
      >
        <SlidersHorizontal className="size-3.5 shrink-0 text-text-3" />
        <span>
          For <b className="font-medium text-text-1">{describeRule(target.when, keyName)}</b>
        </span>
      </button>
      {open && (
        <RuleFields rule={target.when ?? {}} keys={keys} onChange={(when) => onChange({ ...target, when })} />
      )}
    </div>
  )
}
