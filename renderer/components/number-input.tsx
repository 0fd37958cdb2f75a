import { type ComponentProps, useState } from 'react'
import { classNames } from './class-names.ts'

interface NumberInputProps extends Omit<ComponentProps<'input'>, 'value' | 'onChange'> {
  /** Null: nothing is set. */
  value: number | null
  onChange: (value: number | null) => void
  /** With a fraction too. */
  decimals?: boolean
  /** After the field: `s`, `tokens`. */
  unit?: string
}

/** A number or nothing. Only digits can be typed; whether the number fits is for the form to say. */
export function NumberInput({
  value,
  onChange,
  decimals = false,
  unit,
  className,
  ...props
}: NumberInputProps) {
  const [text, setText] = useState(value === null ? '' : String(value))
  // typed text stays as it was typed while it means the same number
  const shown = readNumber(text) === value ? text : value === null ? '' : String(value)
  return (
    <span className={classNames('relative inline-block', className)}>
      <input
        type="text"
        inputMode={decimals ? 'decimal' : 'numeric'}
        autoComplete="off"
        spellCheck={false}
        value={shown}
        onChange={(event) => {
          const typed = event.target.value.replace(decimals ? /[^\d.]/g : /\D/g, '').slice(0, 12)
          setText(typed)
          onChange(readNumber(typed))
        }}
        className={classNames('control text-right', unit && 'pr-(--unit)')}
        style={unit ? ({ '--unit': `${unit.length * 7.2 + 18}px` } as React.CSSProperties) : undefined}
        {...props}
      />
      {unit && (
        <span
          aria-hidden
          className="pointer-events-none absolute inset-y-0 right-2.5 flex items-center text-s text-text-3"
        >
          {unit}
        </span>
      )}
    </span>
  )
}

function readNumber(text: string): number | null {
  const number = Number(text)
  return text === '' || text === '.' || Number.isNaN(number) ? null : number
}
