import type { QueryDates } from './query-dates.ts'

const DAY_MS = 86_400_000
/** What a passage that was just written gains, and after how long it gains half. */
const RECENT = 0.02
const HALF_LIFE_MS = 90 * DAY_MS
/** What a passage gains that is of the time a question speaks of. */
const IN_TIME = 0.1

/** The day a daily note is named after, else when the file was last changed. */
function timeOf({ title, modifiedAt }: { title: string; modifiedAt: number }): number {
  const [, year, month, day] = /^(\d{4})-(\d\d)-(\d\d)/.exec(title) ?? []
  return day === undefined ? modifiedAt : new Date(Number(year), Number(month) - 1, Number(day)).getTime()
}

export function recencyOf(
  note: { title: string; modifiedAt: number },
  dates: QueryDates | null,
  now: number
): number {
  const time = timeOf(note)
  if (dates) return time >= dates.from && time < dates.until ? IN_TIME : 0
  return RECENT * 0.5 ** (Math.max(0, now - time) / HALF_LIFE_MS)
}

/** As daily notes are named. */
export function dayName(time: number): string {
  const date = new Date(time)
  const two = (value: number): string => String(value).padStart(2, '0')
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`
}
