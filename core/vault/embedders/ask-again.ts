import { setTimeout as delay } from 'node:timers/promises'
import { HomeportError } from '../../errors/homeport-error.ts'

export interface AskAgainOptions {
  /** Waits, or rejects with the signal's reason. */
  pause?: (ms: number, signal: AbortSignal) => Promise<unknown>
  /** From 0 to below 1. */
  random?: () => number
}

const MAX_ATTEMPTS = 6
const FIRST_PAUSE_MS = 2000
const LONGEST_PAUSE_MS = 60_000
/** Who says to wait longer than this has run out for the day, and the person should know. */
const LONGEST_WAIT_MS = 300_000

/** What may be over after a while, by itself. */
const passing: ReadonlySet<string> = new Set([
  'rate-limited',
  'timeout',
  'unavailable',
  'upstream-failed',
  'upstream-unreachable',
  'engine-failed'
])

/**
 * For work that nobody waits for: asks again after a failure that may pass, each time after a longer pause, or as long as
 * the server said. Throws the last failure.
 */
export async function askAgain<T>(
  ask: () => Promise<T>,
  signal: AbortSignal,
  { pause = pauseFor, random = Math.random }: AskAgainOptions = {}
): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await ask()
    } catch (error) {
      signal.throwIfAborted()
      const ms = attempt < MAX_ATTEMPTS ? pauseAfter(error, attempt, random()) : null
      if (ms === null) throw error
      await pause(ms, signal)
    }
  }
}

/** Null where asking again would change nothing. */
function pauseAfter(error: unknown, attempt: number, random: number): number | null {
  if (!(error instanceof HomeportError) || !passing.has(error.code)) return null
  if (!error.retryable && error.code !== 'rate-limited') return null
  const told = error.retryAfterSeconds === null ? 0 : error.retryAfterSeconds * 1000
  if (told > LONGEST_WAIT_MS) return null
  const backoff = Math.min(FIRST_PAUSE_MS * 2 ** (attempt - 1), LONGEST_PAUSE_MS)
  return Math.max(told, backoff * (0.5 + random / 2))
}

const pauseFor = (ms: number, signal: AbortSignal): Promise<void> =>
  delay(ms, undefined, { signal, ref: false })
