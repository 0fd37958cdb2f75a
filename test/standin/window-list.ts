/** What quitting needs of a window. */
export interface ListedWindow {
  readonly id: number
  close(): void
  isDestroyed(): boolean
}

/** All open windows, oldest first. */
export const openWindows: ListedWindow[] = []
