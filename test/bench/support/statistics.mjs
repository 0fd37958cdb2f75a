/** The middle value; the mean of the two middle ones where there are two. */
export function median(values) {
  const sorted = [...values].sort((a, b) => a - b)
  const middle = sorted.length >> 1
  return sorted.length % 2 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2
}

/** The value that so many in a hundred do not exceed. */
export function percentile(values, hundredths) {
  const sorted = [...values].sort((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.ceil((hundredths / 100) * sorted.length) - 1)]
}

export const round = (value, digits = 2) => Number(value.toFixed(digits))
