/** The same direction with length 1; all zeros stay so. Null where a number is none. */
export function normalized(vector: readonly number[]): Float32Array | null {
  let squares = 0
  for (const value of vector) squares += value * value
  if (!Number.isFinite(squares)) return null
  const factor = squares === 0 ? 0 : 1 / Math.sqrt(squares)
  return Float32Array.from(vector, (value) => value * factor)
}
