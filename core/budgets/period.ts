import type { SaveBudget } from '../contract/budgets.ts'

/** From `start` to below `end`, milliseconds UTC. */
export interface Period {
  start: number
  end: number
}

/**
 * The local calendar's day, week (from Monday) or month that holds a time. Days are counted on the calendar and not in
 * hours, since the day a clock is set has 23 or 25 of them.
 */
export function periodOf(kind: SaveBudget['period'], time: number): Period {
  const date = new Date(time)
  const [year, month, day] = [date.getFullYear(), date.getMonth(), date.getDate()]
  const midnight = (ofMonth: number, ofDay: number): number => new Date(year, ofMonth, ofDay).getTime()
  switch (kind) {
    case 'day':
      return { start: midnight(month, day), end: midnight(month, day + 1) }
    case 'week': {
      const monday = day - ((date.getDay() + 6) % 7)
      return { start: midnight(month, monday), end: midnight(month, monday + 7) }
    }
    case 'month':
      return { start: midnight(month, 1), end: midnight(month + 1, 1) }
  }
}
