const DAY_SECONDS = 86_400

/**
 * Whole seconds to wait by the headers of a refusal, at most a day; null when they say nothing that can be read.
 * `retry-after` is seconds or a date (RFC 9110, 10.2.3); `retry-after-ms` is OpenAI's finer form.
 */
export function retryAfterSeconds(headers: Readonly<Record<string, string>>, now: number): number | null {
  const milliseconds = Number.parseFloat(headers['retry-after-ms'] ?? '')
  if (milliseconds >= 0) return bounded(milliseconds / 1000)
  const value = headers['retry-after']
  if (value === undefined) return null
  if (/^\d+(\.\d+)?$/.test(value)) return bounded(Number(value))
  const date = /[a-z]/i.test(value) ? Date.parse(value) : Number.NaN
  return Number.isNaN(date) ? null : bounded((date - now) / 1000)
}

const bounded = (seconds: number): number => Math.min(Math.max(Math.ceil(seconds), 0), DAY_SECONDS)
