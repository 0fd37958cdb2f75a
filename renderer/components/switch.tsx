import { Switch as BaseSwitch } from '@base-ui/react/switch'

interface SwitchProps {
  label: string
  checked: boolean
  disabled?: boolean
  onChange: (checked: boolean) => void
}

export function Switch({ label, checked, disabled = false, onChange }: SwitchProps) {
  return (
    <BaseSwitch.Root
      aria-label={label}
      checked={checked}
      disabled={disabled}
      onCheckedChange={onChange}
      className="flex h-5 w-9 rounded-full bg-line-strong p-0.5 transition-colors data-checked:bg-accent"
    >
      <BaseSwitch.Thumb className="size-4 rounded-full bg-surface-2 shadow-[0_0_0_0.5px_var(--line-strong)] transition-transform data-checked:translate-x-4 dark:bg-text-1 dark:data-checked:bg-on-accent" />
    </BaseSwitch.Root>
  )
}
