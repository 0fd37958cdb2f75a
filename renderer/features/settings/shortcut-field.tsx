import { useState } from 'react'
import { Button } from '../../components/button.tsx'
import { isMac } from '../../components/platform.ts'
import { showToast } from '../../components/toasts.tsx'
import { showAccelerator, toAccelerator } from './accelerator.ts'

interface ShortcutFieldProps {
  value: string
  /** Resolves with what went wrong in words, or null. */
  onChange: (accelerator: string) => Promise<string | null>
}

/** Shows a shortcut; pressed once, it takes the next combination typed. */
export function ShortcutField({ value, onChange }: ShortcutFieldProps) {
  const [listening, setListening] = useState(false)
  return (
    <Button
      aria-label={`Quick prompt shortcut: ${showAccelerator(value, isMac)}`}
      onClick={() => setListening(true)}
      onBlur={() => setListening(false)}
      onKeyDown={(event) => {
        if (!listening || event.key === 'Tab') return
        event.preventDefault()
        event.stopPropagation()
        if (event.key === 'Escape') return setListening(false)
        const accelerator = toAccelerator(event, isMac)
        if (!accelerator) return
        setListening(false)
        void onChange(accelerator).then((problem) => problem && showToast(problem))
      }}
    >
      {listening ? 'Press the keys' : showAccelerator(value, isMac)}
    </Button>
  )
}
