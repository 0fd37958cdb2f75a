/** Milliseconds UTC; `until` is not part of it. */
export interface TimeSpan {
  from: number
  until: number
}

/** Of this machine's time zone. Weeks begin on Monday. */
export type CalendarUnit = 'hour' | 'day' | 'week' | 'month'

/** When the hour, day, week or month that holds a time began. */
export function startOf(time: number, unit: CalendarUnit): number {
  const date = new Date(time)
  // by the clock's offset: where clocks go back, two hours have the same name
  if (unit === 'hour') return time - modulo(time - date.getTimezoneOffset() * 60_000, 3_600_000)
  if (unit === 'week') date.setDate(date.getDate() - ((date.getDay() + 6) % 7))
  if (unit === 'month') date.setDate(1)
  // last: a midnight that does not exist is given as the hour after it, and would stay that on another day
  return date.setHours(0, 0, 0, 0)
}

/** When the next one begins. Days are 23 or 25 hours long where clocks change. */
export function nextStart(time: number, unit: CalendarUnit): number {
  if (unit === 'hour') return startOf(time, 'hour') + 3_600_000
  const date = new Date(startOf(time, unit))
  if (unit === 'month') date.setMonth(date.getMonth() + 1)
  else date.setDate(date.getDate() + (unit === 'week' ? 7 : 1))
  return date.setHours(0, 0, 0, 0)
}

/** The local date of a time, `YYYY-MM-DD`. */
export function localDay(time: number): string {
  const date = new Date(time)
  const two = (value: number): string => String(value).padStart(2, '0')
  const year = String(date.getFullYear()).padStart(4, '0')
  return `${year}-${two(date.getMonth() + 1)}-${two(date.getDate())}`
}

/** When a local date, `YYYY-MM-DD`, begins. */
export function midnightOf(day: string): number {
  const [year = 1970, month = 1, date = 1] = day.split('-').map(Number)
  return new Date(year, month - 1, date).getTime()
}

const modulo = (value: number, of: number): number => ((value % of) + of) % of
