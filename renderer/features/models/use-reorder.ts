import { type KeyboardEvent, type PointerEvent, type RefObject, useEffect, useRef, useState } from 'react'
import { placeAt } from './reorder.ts'

interface ReorderOptions {
  /** Holds one element for each item, in order. */
  list: RefObject<HTMLElement | null>
  count: number
  onMove: (from: number, to: number) => void
}

interface HandleProps {
  onPointerDown: (event: PointerEvent) => void
  onKeyDown: (event: KeyboardEvent) => void
}

/** Moves items of a list by dragging a handle, and with arrow keys, home and end while the handle has the focus. */
export function useReorder({ list, count, onMove }: ReorderOptions): {
  /** The item being dragged. */
  held: number | null
  handle: (index: number) => HandleProps
} {
  const [held, setHeld] = useState<number | null>(null)
  const move = useRef(onMove)
  move.current = onMove
  const end = useRef<() => void>(() => undefined)
  useEffect(() => () => end.current(), [])

  const drag = (start: number): void => {
    let current = start
    const place = (to: number): void => {
      if (to === current) return
      move.current(current, to)
      current = to
      setHeld(to)
    }
    const onPointerMove = (event: globalThis.PointerEvent): void => {
      const rows = [...(list.current?.children ?? [])].map((row) => row.getBoundingClientRect())
      place(
        placeAt(
          event.clientY,
          current,
          rows.map((row) => row.top + row.height / 2)
        )
      )
    }
    const onKeyDown = (event: globalThis.KeyboardEvent): void => {
      if (event.key !== 'Escape') return
      event.preventDefault()
      place(start)
      stop()
    }
    const stop = (): void => {
      window.removeEventListener('pointermove', onPointerMove)
      window.removeEventListener('pointerup', stop)
      window.removeEventListener('pointercancel', stop)
      window.removeEventListener('keydown', onKeyDown)
      setHeld(null)
    }
    // on the window, not the handle: moving the row in the document would lose a captured pointer
    window.addEventListener('pointermove', onPointerMove)
    window.addEventListener('pointerup', stop)
    window.addEventListener('pointercancel', stop)
    window.addEventListener('keydown', onKeyDown)
    end.current = stop
    setHeld(start)
  }

  const handle = (index: number): HandleProps => ({
    onPointerDown: (event) => {
      if (event.button === 0) drag(index)
    },
    onKeyDown: (event) => {
      const places: Record<string, number> = {
        ArrowUp: index - 1,
        ArrowDown: index + 1,
        Home: 0,
        End: count - 1
      }
      const to = places[event.key]
      if (to === undefined) return
      event.preventDefault()
      if (to !== index && to >= 0 && to < count) move.current(index, to)
    }
  })
  return { held, handle }
}
