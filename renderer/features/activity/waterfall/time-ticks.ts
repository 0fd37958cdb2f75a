/** Round steps of a time line, in microseconds: at most six, from its beginning on. Zero is the trace's start. */
export function timeTicks(fromUs: number, totalUs: number): number[] {
  const step = roundStep(totalUs / 5)
  const ticks: number[] = []
  for (let at = Math.ceil(fromUs / step) * step; at < fromUs + totalUs; at += step) ticks.push(at)
  return ticks
}

/** The next 1, 2 or 5 times a power of ten. */
function roundStep(least: number): number {
  const power = 10 ** Math.floor(Math.log10(Math.max(least, 1)))
  const digit = [1, 2, 5].find((candidate) => candidate * power >= least) ?? 10
  return digit * power
}
