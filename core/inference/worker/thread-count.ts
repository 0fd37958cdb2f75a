import { availableParallelism } from 'node:os'

/**
 * Threads to compute with: half the physical cores, and at least one. Never all of them: compute threads wait for each
 * other at every step, so one core that does something else brings the whole answer to a crawl.
 * `wanted` is the person's or a calibration's choice, `override` what HOMEPORT_THREADS says, which wins over all.
 */
export function threadCount(
  physicalCores: number,
  wanted: number | null,
  override: string | undefined
): number {
  return overrideOf(override) ?? wanted ?? Math.max(1, Math.floor(usable(physicalCores) / 2))
}

/** Numbers of threads worth trying, fewest first: never all cores. */
export function threadCandidates(physicalCores: number, override: string | undefined): number[] {
  const forced = overrideOf(override)
  if (forced !== null) return [forced]
  const cores = usable(physicalCores)
  const most = Math.max(1, cores - 1)
  const numbers = [1, 2, Math.floor(cores / 2), most].filter((threads) => threads >= 1 && threads <= most)
  return [...new Set(numbers)].toSorted((a, b) => a - b)
}

/** What HOMEPORT_THREADS says, if that is a number of threads. */
export function overrideOf(override: string | undefined): number | null {
  const threads = Number(override)
  return Number.isInteger(threads) && threads >= 1 ? threads : null
}

const usable = (physicalCores: number) => Math.min(physicalCores, availableParallelism())
