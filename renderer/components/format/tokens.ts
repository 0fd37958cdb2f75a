/** A count with thousands separators: `6,102`. */
export function formatCount(count: number): string {
  return count.toLocaleString('en-US')
}

/** Tokens per second after the first one; null when there is nothing to measure. Times in milliseconds. */
export function tokensPerSecond(
  outputTokens: number,
  firstTokenMs: number | null,
  durationMs: number | null
): number | null {
  if (durationMs === null || outputTokens < 2) return null
  const seconds = (durationMs - (firstTokenMs ?? 0)) / 1000
  return seconds > 0.01 ? outputTokens / seconds : null
}

export function formatSpeed(perSecond: number): string {
  return `${perSecond >= 10 ? Math.round(perSecond) : perSecond.toFixed(1)} tok/s`
}

/** Bytes as file managers write them, decimal: `4.1 GB`. */
export function formatBytes(bytes: number): string {
  if (bytes < 1000) return `${bytes} B`
  const units = ['kB', 'MB', 'GB', 'TB']
  let value = bytes / 1000
  let unit = 0
  while (value >= 999.5 && unit < units.length - 1) {
    value /= 1000
    unit++
  }
  return `${value >= 99.5 ? Math.round(value) : value.toFixed(1)} ${units[unit]}`
}

/** Parameters of a model: `4.0B`, `135M`. */
export function formatParameters(count: number): string {
  if (count >= 1e9) return `${(count / 1e9).toFixed(1)}B`
  return count >= 1e6 ? `${Math.round(count / 1e6)}M` : `${Math.round(count / 1e3)}k`
}

/** A count in few letters, for how popular something is: `812`, `4.2k`, `1.3M`. */
export function formatShortCount(count: number): string {
  if (count < 1000) return String(count)
  const [value, unit] = count < 999_500 ? [count / 1000, 'k'] : [count / 1e6, 'M']
  return `${value >= 99.5 ? Math.round(value) : value.toFixed(1)}${unit}`
}
