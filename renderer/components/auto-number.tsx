import { useState } from 'react'
import { NumberInput } from './number-input.tsx'

interface AutoNumberProps {
  label: string
  /** Null: chosen by Homeport. */
  value: number | null
  /** What is chosen while nothing is set. */
  chosen: string
  min: number
  max: number
  decimals?: boolean
  unit?: string
  /** Called with a number within the bounds, or null for an emptied field, when the field is left or Enter pressed. */
  onCommit: (value: number | null) => void
}

/** A number that may be left to Homeport: an empty field says what it chooses. */
export function AutoNumber({ label, value, chosen, min, max, onCommit, ...input }: AutoNumberProps) {
  const [draft, setDraft] = useState(value)
  const [before, setBefore] = useState(value)
  // what was saved, here or in another window, is what the field shows from then on
  if (before !== value) {
    setBefore(value)
    setDraft(value)
  }
  const wrong = draft !== null && (draft < min || draft > max)
  const commit = (): void => {
    if (wrong) setDraft(value)
    else if (draft !== value) onCommit(draft)
  }
  return (
    <NumberInput
      aria-label={label}
      aria-invalid={wrong}
      title={wrong ? `From ${min} to ${max}` : undefined}
      value={draft}
      placeholder={chosen}
      onChange={setDraft}
      onBlur={commit}
      onKeyDown={(event) => {
        if (event.key === 'Enter') commit()
        if (event.key === 'Escape') setDraft(value)
      }}
      className="w-36"
      {...input}
    />
  )
}
