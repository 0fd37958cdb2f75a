import { cpus } from 'node:os'

/** CPU time up to now, in milliseconds of all cores together. */
export interface CpuTimes {
  total: number
  idle: number
  /** Of this process. */
  own: number
}

const SAMPLE_MS = 1_000

/** Cores that others kept busy between two samples. */
export function coresOfOthers(before: CpuTimes, after: CpuTimes, cores: number): number {
  const total = after.total - before.total
  if (total <= 0) return 0
  const busy = total - (after.idle - before.idle)
  return Math.max(0, ((busy - (after.own - before.own)) / total) * cores)
}

/**
 * Keeps all models together from computing with more threads than the machine has cores to spare. A thread that waits for
 * its core holds up all others at every step, so fewer threads are faster on a busy machine. The limit falls at once when
 * something else needs the cores, and rises by one a second when it no longer does.
 */
export class ThreadLimit {
  /** The binding asks `maxThreads` before each step; contexts take it as their limit for good when they are made. */
  readonly #llama: { maxThreads: number }
  readonly #physicalCores: number
  readonly #sample: () => CpuTimes
  #most: number
  #loads = 0
  #timer: NodeJS.Timeout | null = null

  constructor(llama: { maxThreads: number }, physicalCores: number, sample: () => CpuTimes = cpuTimes) {
    this.#llama = llama
    this.#physicalCores = physicalCores
    this.#sample = sample
    // two models may have a thread each, even where there are but two cores
    this.#most = Math.max(2, physicalCores - 1)
    llama.maxThreads = this.#most
  }

  /** Runs a load, whose contexts may have so many threads whatever the machine is doing just now. */
  async duringLoad<T>(threads: number, load: () => Promise<T>): Promise<T> {
    this.#most = Math.max(this.#most, threads)
    this.#loads += 1
    this.#llama.maxThreads = this.#most
    try {
      return await load()
    } finally {
      this.#loads -= 1
    }
  }

  /** Watches the machine only while something is computed. */
  watch(isComputing: boolean): void {
    if (isComputing === (this.#timer !== null)) return
    if (this.#timer !== null) {
      clearInterval(this.#timer)
      this.#timer = null
      return
    }
    let before = this.#sample()
    this.#timer = setInterval(() => {
      const after = this.#sample()
      this.#adjust(coresOfOthers(before, after, cpus().length))
      before = after
    }, SAMPLE_MS).unref()
  }

  #adjust(others: number): void {
    if (this.#loads > 0) return
    const spare = Math.floor(this.#physicalCores - others)
    const rising = Math.min(this.#most, this.#llama.maxThreads + 1)
    this.#llama.maxThreads = others < 1 ? rising : Math.max(1, Math.min(spare, rising))
  }
}

function cpuTimes(): CpuTimes {
  let total = 0
  let idle = 0
  for (const { times } of cpus()) {
    idle += times.idle
    total += times.user + times.nice + times.sys + times.irq + times.idle
  }
  const { user, system } = process.cpuUsage()
  return { total, idle, own: (user + system) / 1000 }
}
