const EVERY_MS = 60_000
const SOON_MS = 1000
/** A round that takes long is made seldom: at most this part of the time goes into them. */
const TIME_SHARE = 0.02

export interface Rounds {
  /** One every minute from now on. */
  begin(): void
  /** One within about a second, however often it is asked for. */
  soon(): void
  /** Waits for one that runs, then makes one. */
  now(): Promise<void>
  /** Does something while no round runs. */
  apart<T>(task: () => Promise<T>): Promise<T>
  /** Starts no more, and waits for the one that runs. */
  end(): Promise<void>
}

/** Makes rounds, one at a time. `round` does not reject. */
export function createRounds(round: () => Promise<void>): Rounds {
  let running = Promise.resolve()
  let minutes: NodeJS.Timeout | undefined
  let next: NodeJS.Timeout | null = null
  let earliest = 0
  let hasEnded = false

  const timed = async (): Promise<void> => {
    if (hasEnded) return
    const startedAt = performance.now()
    await round()
    const endedAt = performance.now()
    earliest = endedAt + (endedAt - startedAt) / TIME_SHARE
  }
  const apart = <T>(task: () => Promise<T>): Promise<T> => {
    const done = running.then(task)
    running = done.then(
      () => {},
      () => {}
    )
    return done
  }
  const now = (): Promise<void> => apart(timed)

  return {
    begin() {
      minutes = setInterval(now, EVERY_MS).unref()
    },
    soon() {
      if (next !== null || hasEnded) return
      const wait = Math.max(SOON_MS, earliest - performance.now())
      next = setTimeout(() => {
        next = null
        void now()
      }, wait).unref()
    },
    now,
    apart,
    end() {
      hasEnded = true
      clearInterval(minutes)
      if (next !== null) clearTimeout(next)
      return running
    }
  }
}
