import type { Machine } from './machine.ts'

/** Bytes that models may take. */
export interface MemoryBudget {
  system: number
  gpu: number
  /** Of all models together, wherever they lie. */
  total: number
}

const MEGABYTE = 2 ** 20
const SYSTEM_SHARE = 0.25
const MOST_FOR_SYSTEM = 8 * 2 ** 30
const GPU_SHARE = 0.04
const LEAST_FOR_GPU = 512 * MEGABYTE

/**
 * What models may take of a machine: all but a quarter of its memory (at most 8 GiB), which other programs need, and of
 * each GPU what was free before any model was loaded, less some for its driver. It goes by what the machine has, not by
 * what happens to be free, so that a verdict does not change by the minute. `limitMegabytes` is what the person allows.
 */
export function memoryBudget(machine: Machine, limitMegabytes: number | null): MemoryBudget {
  const { totalBytes } = machine.memory
  const system = Math.floor(totalBytes - Math.min(totalBytes * SYSTEM_SHARE, MOST_FOR_SYSTEM))
  const gpus = machine.gpus.map((gpu) =>
    Math.max(0, Math.floor(gpu.freeBytes - Math.max(LEAST_FOR_GPU, gpu.totalBytes * GPU_SHARE)))
  )
  const gpu = gpus.reduce((sum, bytes) => sum + bytes, 0)
  const limit = limitMegabytes === null ? Number.POSITIVE_INFINITY : limitMegabytes * MEGABYTE
  return { system, gpu, total: Math.min(limit, machine.isUnified ? system : system + gpu) }
}
