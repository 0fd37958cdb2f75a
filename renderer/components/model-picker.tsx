import { Cpu } from 'lucide-react'
import type { ReactNode } from 'react'
import { type ComboOption, GroupedCombobox } from './grouped-combobox.tsx'
import { StatusDot } from './status-dot.tsx'

export interface ModelChoice extends ComboOption {
  onDevice: boolean
}

interface ModelPickerProps {
  groups: readonly { label: string; items: ModelChoice[] }[]
  /** `provider/model`, also of a model that is no longer there. */
  value: string | null
  onChange: (model: string) => void
  footer?: ReactNode
}

/** The model to ask, by typing some letters of it or its provider. */
export function ModelPicker({ groups, value, onChange, footer }: ModelPickerProps) {
  const chosen = groups.flatMap((group) => group.items).find((option) => option.value === value)
  const tone = chosen ? 'ok' : value ? 'bad' : 'idle'
  return (
    <GroupedCombobox
      label="Search models"
      groups={groups}
      value={value}
      onChange={(option) => onChange(option.value)}
      empty="No model matches."
      {...(footer ? { footer } : {})}
      mark={(option) =>
        option.onDevice ? (
          <Cpu className="size-4 shrink-0 text-accent-text" aria-label="on-device" />
        ) : (
          <span className="w-4" />
        )
      }
      trigger={
        <button
          type="button"
          className="inline-flex h-[30px] max-w-72 min-w-0 items-center gap-2 rounded-md border border-line px-2.5 text-s hover:bg-hover data-popup-open:bg-press"
        />
      }
      triggerContent={
        <>
          <StatusDot tone={tone} {...(value && !chosen ? { label: 'not available' } : {})} />
          <span className="truncate">{chosen?.label ?? value ?? 'Choose a model'}</span>
          {chosen?.onDevice && <span className="shrink-0 text-xs text-text-3">on-device</span>}
        </>
      }
    />
  )
}
