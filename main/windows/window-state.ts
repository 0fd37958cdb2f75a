import { z } from 'zod'

const rectangleSchema = z.object({
  x: z.number().int(),
  y: z.number().int(),
  width: z.number().int().min(400).max(20_000),
  height: z.number().int().min(300).max(20_000)
})
export type Rectangle = z.infer<typeof rectangleSchema>

/** Where a window was: its bounds when not maximised, in device-independent pixels. */
export const windowStateSchema = z.object({ bounds: rectangleSchema, maximized: z.boolean() })
export type WindowState = z.infer<typeof windowStateSchema>

/** This much of the title bar must be on a display, or nobody could move the window back. */
const grip = { width: 120, height: 32 }

/** The remembered place, if a person could still reach the window there; null when its display is gone. */
export function reachablePlace(bounds: Rectangle, displays: readonly Rectangle[]): Rectangle | null {
  const overlap = (start: number, length: number, from: number, span: number) =>
    Math.min(start + length, from + span) - Math.max(start, from)
  const isReachable = displays.some(
    (display) =>
      overlap(bounds.x, bounds.width, display.x, display.width) >= grip.width &&
      overlap(bounds.y, grip.height, display.y, display.height) >= grip.height
  )
  return isReachable ? bounds : null
}
