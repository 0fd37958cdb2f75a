import { type RefObject, useCallback, useLayoutEffect, useRef, useState } from 'react'

/** Rows drawn above and below those in sight, so that a turn of the wheel shows no gap. */
const SPARE_ROWS = 8

export interface RowWindow {
  /** The element that scrolls. */
  scroller: RefObject<HTMLDivElement | null>
  /** The first row to draw, and the one after the last. */
  from: number
  until: number
  /** Scrolls as little as it takes to have the row in sight. */
  reveal(row: number): void
}

/** Which rows an element has to draw whose rows are all of one height; `count` of them. */
export function useRowWindow(count: number, rowHeight: number): RowWindow {
  const scroller = useRef<HTMLDivElement>(null)
  const [{ first, size }, setShown] = useState({ first: 0, size: 1 })

  useLayoutEffect(() => {
    const element = scroller.current
    if (!element) return
    const look = (): void => {
      const next = rowsIn(element.scrollTop, element.clientHeight, rowHeight)
      setShown((now) => (now.first === next.first && now.size === next.size ? now : next))
    }
    const resized = new ResizeObserver(look)
    resized.observe(element)
    element.addEventListener('scroll', look, { passive: true })
    return () => {
      resized.disconnect()
      element.removeEventListener('scroll', look)
    }
  }, [rowHeight])

  const reveal = useCallback(
    (row: number) => {
      const element = scroller.current
      if (!element) return
      const top = row * rowHeight
      const lowest = top + rowHeight - element.clientHeight
      element.scrollTop = Math.min(Math.max(element.scrollTop, lowest), top)
    },
    [rowHeight]
  )
  const from = Math.max(0, Math.min(first - SPARE_ROWS, count - 1))
  return { scroller, from, until: Math.min(count, first + size + SPARE_ROWS), reveal }
}

/** The rows that a view of this height has in sight, also those of which it has a part. */
export function rowsIn(
  scrollTop: number,
  height: number,
  rowHeight: number
): { first: number; size: number } {
  const first = Math.floor(scrollTop / rowHeight)
  return { first, size: Math.ceil(height / rowHeight) + 1 }
}
