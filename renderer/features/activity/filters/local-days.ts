/** The local day of a moment (milliseconds UTC), as a date field has it: `2026-11-21`. */
export function localDay(at: number): string {
  const date = new Date(at)
  const two = (part: number): string => String(part).padStart(2, '0')
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`
}

/** When the local day begins that is so many days after this one; undefined for an empty field. Milliseconds UTC. */
export function startOfDay(day: string, daysAfter = 0): number | undefined {
  const [year, month, date] = day.split('-').map(Number)
  if (!year || month === undefined || date === undefined) return undefined
  return new Date(year, month - 1, date + daysAfter).getTime()
}
