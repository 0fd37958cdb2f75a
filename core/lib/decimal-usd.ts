/** Nano-USD as decimal USD with all nine digits: no number on the way that could round it. */
export function decimalUsd(nanoUsd: number): string {
  const digits = String(Math.abs(nanoUsd)).padStart(10, '0')
  return `${nanoUsd < 0 ? '-' : ''}${digits.slice(0, -9)}.${digits.slice(-9)}`
}
