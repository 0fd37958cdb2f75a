import { availableParallelism } from 'node:os'

/**
 * Threads to compute with: half the physical cores, and at least one. Never all of them: compute threads wait for each
 * other at every step, so one core that does something else brings the whole answer to a crawl.
 * `override` is what HOMEPORT_THREADS says.
 */
export function threadCount(physicalCores: number, override: string | undefined): number {
  const wanted = Number(override)
  if (Number.isInteger(wanted) && wanted >= 1) return wanted
  return Math.max(1, Math.floor(Math.min(physicalCores, availableParallelism()) / 2))
}
