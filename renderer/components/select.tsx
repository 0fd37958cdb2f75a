import { Select as BaseSelect } from '@base-ui/react/select'
import { Check, ChevronDown } from 'lucide-react'

export interface SelectOption<T extends string> {
  value: T
  label: string
  /** One sentence under the label, in the list. */
  hint?: string
}

interface SelectProps<T extends string> {
  id?: string
  label: string
  value: T
  options: readonly SelectOption<T>[]
  onChange: (value: T) => void
}

export function Select<T extends string>({ id, label, value, options, onChange }: SelectProps<T>) {
  return (
    <BaseSelect.Root
      items={options}
      value={value}
      onValueChange={(next) => {
        if (next !== null) onChange(next)
      }}
    >
      <BaseSelect.Trigger
        id={id}
        aria-label={label}
        className="flex h-8 w-full min-w-40 items-center justify-between gap-2 rounded-md border border-line-strong bg-surface-2 pr-2 pl-2.5 text-s select-none hover:bg-hover"
      >
        <BaseSelect.Value className="truncate" />
        <ChevronDown className="size-3.5 shrink-0 text-text-3" />
      </BaseSelect.Trigger>
      <BaseSelect.Portal>
        <BaseSelect.Positioner alignItemWithTrigger={false} sideOffset={4} align="start" className="z-50">
          <BaseSelect.Popup className="float max-h-[min(26rem,var(--available-height))] min-w-(--anchor-width) overflow-y-auto rounded-md p-1 outline-none">
            {options.map((option) => (
              <BaseSelect.Item
                key={option.value}
                value={option.value}
                className="grid min-h-8 max-w-[420px] grid-cols-[1fr_16px] items-center gap-3 rounded-sm px-2 text-s outline-none select-none data-highlighted:bg-press"
              >
                <span className="py-1">
                  <BaseSelect.ItemText>{option.label}</BaseSelect.ItemText>
                  {option.hint && <span className="block text-xs text-text-3">{option.hint}</span>}
                </span>
                <BaseSelect.ItemIndicator>
                  <Check className="size-4 text-accent-text" />
                </BaseSelect.ItemIndicator>
              </BaseSelect.Item>
            ))}
          </BaseSelect.Popup>
        </BaseSelect.Positioner>
      </BaseSelect.Portal>
    </BaseSelect.Root>
  )
}
