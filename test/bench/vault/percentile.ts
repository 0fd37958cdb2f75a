/** The value that so many in a hundred do not exceed; 0 of none. */
export function percentile(values: readonly number[], hundredths: number): number {
  const sorted = values.toSorted((left, right) => left - right)
  return sorted[Math.max(0, Math.ceil((hundredths / 100) * sorted.length) - 1)] ?? 0
}

export const round = (value: number): number => Number(value.toFixed(2))
