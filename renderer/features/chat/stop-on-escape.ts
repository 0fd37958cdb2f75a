import { useEffect, useRef } from 'react'

/** Escape stops the answer being written, unless something in front of the chat takes the key for itself. */
export function useStopOnEscape(active: boolean, stop: () => void): void {
  const latest = useRef(stop)
  latest.current = stop
  useEffect(() => {
    if (!active) return
    const onKey = (event: KeyboardEvent): void => {
      const inFront = document.querySelector('[role=dialog], [role=alertdialog], [role=menu], [role=listbox]')
      if (event.key === 'Escape' && !event.defaultPrevented && !inFront) latest.current()
    }
    window.addEventListener('keydown', onKey)
    return () => window.removeEventListener('keydown', onKey)
  }, [active])
}
