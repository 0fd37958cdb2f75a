import { Radio } from '@base-ui/react/radio'
import { RadioGroup } from '@base-ui/react/radio-group'

interface SegmentedProps<T extends string> {
  label: string
  value: T
  options: readonly { value: T; label: string }[]
  onChange: (value: T) => void
}

/** One of a few, all in sight. */
export function Segmented<T extends string>({ label, value, options, onChange }: SegmentedProps<T>) {
  return (
    <RadioGroup
      aria-label={label}
      value={value}
      onValueChange={(next) => onChange(next)}
      className="inline-flex self-start rounded-md bg-sunk p-0.5 text-s"
    >
      {options.map((option) => (
        <Radio.Root
          key={option.value}
          value={option.value}
          aria-label={option.label}
          className="cursor-default rounded-[6px] px-3 py-[3px] text-text-2 select-none hover:text-text-1 data-checked:bg-surface-2 data-checked:font-medium data-checked:text-text-1 data-checked:shadow-[0_0_0_1px_var(--line)]"
        >
          {option.label}
        </Radio.Root>
      ))}
    </RadioGroup>
  )
}
