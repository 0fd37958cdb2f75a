const MINUTE = 60_000
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR

/** Milliseconds as a length of time: `9 ms`, `0.61 s`, `21.3 s`, `2 min 5 s`. */
export function formatDuration(ms: number): string {
  if (ms < 1) return `${ms.toFixed(1)} ms`
  if (ms < 100) return `${Math.round(ms)} ms`
  if (ms < 10_000) return `${(ms / 1000).toFixed(2)} s`
  if (ms < 60_000) return `${(ms / 1000).toFixed(1)} s`
  const seconds = Math.round(ms / 1000)
  return `${Math.floor(seconds / 60)} min ${seconds % 60} s`
}

/** The same with one digit less, for lists and footers: `0.6 s`. */
export function formatDurationShort(ms: number): string {
  if (ms < 50) return `${Math.max(1, Math.round(ms))} ms`
  return ms < 60_000 ? `${(ms / 1000).toFixed(1)} s` : `${Math.round(ms / 60_000)} min`
}

/** A time to wait, as coarse as it is certain: `40 s`, `3 min`, `1 h 20 min`. */
export function formatSecondsLeft(seconds: number): string {
  if (seconds < 55) return `${Math.max(5, Math.ceil(seconds / 5) * 5)} s`
  const minutes = Math.ceil(seconds / 60)
  if (minutes < 60) return `${minutes} min`
  const rest = Math.round((minutes % 60) / 10) * 10
  const hours = Math.floor(minutes / 60) + (rest === 60 ? 1 : 0)
  return rest % 60 === 0 ? `${hours} h` : `${hours} h ${rest} min`
}

/** How long ago, as a list shows it: `now`, `2m`, `3h`, `Mon`, `12 Mar`, `Mar 2025`. */
export function formatAge(at: number, now: number): string {
  const age = now - at
  if (age < MINUTE) return 'now'
  if (age < HOUR) return `${Math.floor(age / MINUTE)}m`
  if (daysBefore(at, now) < 1) return `${Math.floor(age / HOUR)}h`
  const date = new Date(at)
  if (daysBefore(at, now) < 7) return date.toLocaleDateString('en-GB', { weekday: 'short' })
  if (date.getFullYear() === new Date(now).getFullYear())
    return date.toLocaleDateString('en-GB', { day: 'numeric', month: 'short' })
  return date.toLocaleDateString('en-GB', { month: 'short', year: 'numeric' })
}

/** The same in a sentence: `just now`, `3h ago`, `on Mon`, `on 12 Mar`. */
export function formatAgo(at: number, now: number): string {
  const age = formatAge(at, now)
  if (age === 'now') return 'just now'
  return /^\d+[mh]$/.test(age) ? `${age} ago` : `on ${age}`
}

/** Date and time for people: `21 Nov 2026, 14:05`. */
export function formatDateTime(at: number): string {
  return new Date(at).toLocaleString('en-GB', { dateStyle: 'medium', timeStyle: 'short' })
}

/** Midnights between two moments, in local time. */
export function daysBefore(at: number, now: number): number {
  const midnight = (ms: number): number => new Date(ms).setHours(0, 0, 0, 0)
  return Math.round((midnight(now) - midnight(at)) / DAY)
}
