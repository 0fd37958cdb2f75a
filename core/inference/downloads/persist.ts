import { setTimeout } from 'node:timers/promises'
import { HomeportError } from '../../errors/homeport-error.ts'
import { diskProblem } from './disk.ts'

/** How patiently a download is tried. */
export interface Patience {
  /** Attempts in a row that brought nothing, before it counts as failed. */
  attempts: number
  /** Pause before the attempt after so many that brought nothing. */
  delayMs(failures: number): number
  sleep(ms: number, signal: AbortSignal): Promise<void>
}

const MAX_DELAY_MS = 60_000
/** No server has a say over a longer time. */
const MAX_ASKED_DELAY_MS = 15 * 60_000

export const patience: Patience = {
  attempts: 10,
  delayMs: (failures) => Math.min(1000 * 2 ** (failures - 1), MAX_DELAY_MS),
  sleep: (ms, signal) => setTimeout(ms, undefined, { signal })
}

/**
 * Tries again what failed of the network, until it succeeds or nothing comes any more. `received` tells how much there is;
 * only more than ever before counts as getting on. Throws the last problem, or the reason of the signal.
 */
export async function persist<T>(
  attempt: () => Promise<T>,
  options: {
    patience: Patience
    received: () => number
    onRetry: (problem: HomeportError) => void
    signal: AbortSignal
  }
): Promise<T> {
  const { patience, received, onRetry, signal } = options
  let most = received()
  for (let failures = 0; ; ) {
    try {
      return await attempt()
    } catch (error) {
      signal.throwIfAborted()
      const problem = diskProblem(error)
      if (!(problem instanceof HomeportError) || !problem.retryable) throw problem
      failures = received() > most ? 1 : failures + 1
      most = Math.max(most, received())
      if (failures >= patience.attempts) throw problem
      onRetry(problem)
      const askedMs = Math.min((problem.retryAfterSeconds ?? 0) * 1000, MAX_ASKED_DELAY_MS)
      await patience.sleep(Math.max(patience.delayMs(failures), askedMs), signal)
    }
  }
}
