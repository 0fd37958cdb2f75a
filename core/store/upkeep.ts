import type { Logger } from '../lib/logger.ts'
import { backupIfDue, checkAfterUncleanStop } from './integrity.ts'
import type { OpenedStore } from './open-store.ts'

/** A start is a busy time, and a backup reads the whole database. */
const FIRST_ROUND_MS = 60_000
const ROUND_MS = 6 * 60 * 60 * 1000

export interface Upkeep {
  /** Call when the daemon is ready: checks what an unclean stop left, and from then on looks after the data. */
  begin(): void
  /** Starts nothing more. */
  end(): void
}

/** The daily care of a data folder: the check after an unclean stop, backups, and whatever `prune` clears away. */
export function createUpkeep(options: {
  store: Pick<OpenedStore, 'uncleanlyClosed'>
  dataDir: string
  logger: Logger
  /** Removes what is past its time. `now` is in milliseconds UTC. */
  prune: (now: number) => Promise<void>
  onNotice: (notice: string) => void
}): Upkeep {
  const { store, dataDir, logger, prune, onNotice } = options
  let timer: NodeJS.Timeout | undefined
  let ended = false

  const round = async (): Promise<void> => {
    for (const task of [() => backupIfDue({ dataDir, logger }), () => prune(Date.now())]) {
      if (ended) return
      await task().catch((error: unknown) => logger.error({ error }, 'A task of the daily upkeep failed'))
    }
    later(ROUND_MS)
  }
  const later = (ms: number): void => {
    if (!ended) timer = setTimeout(round, ms).unref()
  }

  return {
    begin() {
      void checkAfterUncleanStop({ dataDir, databases: store.uncleanlyClosed, logger }).then((notices) =>
        notices.forEach(onNotice)
      )
      later(FIRST_ROUND_MS)
    },
    end() {
      ended = true
      clearTimeout(timer)
    }
  }
}
