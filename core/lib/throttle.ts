export interface Throttled {
  call(): void
  /** Drops what waits. */
  cancel(): void
}

/** Runs `act` at once, then at most once in `intervalMs`, and always after the last call. */
export function throttle(act: () => void, intervalMs: number): Throttled {
  let timer: NodeJS.Timeout | null = null
  let waits = false
  const run = () => {
    waits = false
    timer = setTimeout(() => {
      timer = null
      if (waits) run()
    }, intervalMs).unref()
    act()
  }
  return {
    call() {
      if (timer === null) run()
      else waits = true
    },
    cancel() {
      if (timer !== null) clearTimeout(timer)
      timer = null
      waits = false
    }
  }
}
