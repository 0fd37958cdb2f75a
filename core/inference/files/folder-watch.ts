import { type FSWatcher, watch } from 'node:fs'
import type { Logger } from '../../lib/logger.ts'

const DEBOUNCE_MS = 500
/** The system has only so many watches for all programs. */
const MAX_WATCHED = 500

/** Watches folders for files that come and go. One that cannot be watched is still looked through when asked. */
export class FolderWatch {
  readonly #logger: Logger
  readonly #onChange: () => void
  readonly #watchers = new Map<string, FSWatcher>()
  #debounce: NodeJS.Timeout | undefined

  /** `onChange` is called once after several changes. */
  constructor(logger: Logger, onChange: () => void) {
    this.#logger = logger
    this.#onChange = onChange
  }

  /** Watches `tree` with all folders in it, and each of `folders` alone, from now on and nothing else. */
  follow(tree: string, folders: readonly string[]): void {
    const wanted = new Set([tree, ...folders.slice(0, MAX_WATCHED)])
    for (const [folder, watcher] of this.#watchers) {
      if (wanted.has(folder)) continue
      watcher.close()
      this.#watchers.delete(folder)
    }
    for (const folder of wanted) {
      if (!this.#watchers.has(folder)) this.#watch(folder, folder === tree)
    }
  }

  close(): void {
    clearTimeout(this.#debounce)
    for (const watcher of this.#watchers.values()) watcher.close()
    this.#watchers.clear()
  }

  #watch(folder: string, recursive: boolean): void {
    try {
      const watcher = watch(folder, { recursive, persistent: false }, (_, path) => this.#onEvent(path))
      this.#watchers.set(folder, watcher)
      watcher.on('error', (error) => {
        this.#logger.warn({ error: error.message }, 'a models folder is watched no longer')
        watcher.close()
        this.#watchers.delete(folder)
      })
    } catch (error) {
      this.#logger.warn({ error: String(error) }, 'a models folder is not watched')
    }
  }

  /** Hidden files are no models; among them is what is on its way here, which changes all the time. */
  #onEvent(path: string | null): void {
    if (path?.startsWith('.')) return
    clearTimeout(this.#debounce)
    this.#debounce = setTimeout(this.#onChange, DEBOUNCE_MS).unref()
  }
}
