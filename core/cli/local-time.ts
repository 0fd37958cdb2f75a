const two = (value: number): string => String(value).padStart(2, '0')

/** Milliseconds UTC as `2026-11-21 09:30` on this machine's clock. */
export function localTime(ms: number): string {
  const date = new Date(ms)
  return `${localDate(ms)} ${two(date.getHours())}:${two(date.getMinutes())}`
}

/** The day of it here: `2026-11-21`. */
export function localDate(ms: number): string {
  const date = new Date(ms)
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`
}

/** The day its week began. */
export function mondayOf(ms: number): string {
  const date = new Date(ms)
  return localDate(date.setDate(date.getDate() - ((date.getDay() + 6) % 7)))
}
