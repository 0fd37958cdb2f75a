import { Eye, EyeOff } from 'lucide-react'
import { type ComponentProps, type ReactNode, useId, useState } from 'react'
import { IconButton } from './button.tsx'
import { classNames } from './class-names.ts'

interface FieldProps {
  label: string
  hint?: ReactNode
  error?: string | null
  /** Draws the control with these attributes, which tie it to its label and hint. */
  children: (control: {
    id: string
    'aria-describedby': string | undefined
    'aria-invalid': boolean
  }) => ReactNode
}

export function Field({ label, hint, error, children }: FieldProps) {
  const id = useId()
  const note = error ?? hint
  return (
    <div className="flex flex-col gap-1.5">
      <label htmlFor={id} className="text-s font-medium">
        {label}
      </label>
      {children({ id, 'aria-describedby': note ? `${id}-note` : undefined, 'aria-invalid': Boolean(error) })}
      {note && (
        <p id={`${id}-note`} className={classNames('text-xs', error ? 'text-bad-text' : 'text-text-3')}>
          {note}
        </p>
      )}
    </div>
  )
}

export function TextInput({ className, ...props }: ComponentProps<'input'>) {
  return (
    <input
      type="text"
      spellCheck={false}
      autoComplete="off"
      className={classNames('control', className)}
      {...props}
    />
  )
}

/** A key: hidden unless the person looks, and kept away from password managers. */
export function SecretInput(props: ComponentProps<'input'>) {
  const [shown, setShown] = useState(false)
  return (
    <div className="relative">
      <TextInput
        {...props}
        type={shown ? 'text' : 'password'}
        autoComplete="new-password"
        data-1p-ignore
        className="pr-9 font-mono"
      />
      <IconButton
        small
        label={shown ? 'Hide the key' : 'Show the key'}
        className="absolute top-1 right-1"
        onClick={() => setShown(!shown)}
      >
        {shown ? <EyeOff /> : <Eye />}
      </IconButton>
    </div>
  )
}
