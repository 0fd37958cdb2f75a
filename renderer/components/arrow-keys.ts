import type { KeyboardEvent } from 'react'

/** Up and down move the focus between the `data-row` elements of a list, home and end to its ends. */
export function moveFocusByArrows(event: KeyboardEvent<HTMLElement>): void {
  const steps: Record<string, number> = { ArrowDown: 1, ArrowUp: -1, Home: -Infinity, End: Infinity }
  const step = steps[event.key]
  if (step === undefined || !(event.target instanceof HTMLElement) || !event.target.matches('[data-row]'))
    return
  const rows = [...event.currentTarget.querySelectorAll<HTMLElement>('[data-row]')]
  const next = Math.min(Math.max(rows.indexOf(event.target) + step, 0), rows.length - 1)
  event.preventDefault()
  rows[next]?.focus()
}
