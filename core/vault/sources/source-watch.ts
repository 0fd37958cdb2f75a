import { type FolderWatch, watchFolder } from '../folder/watch-folder.ts'

/** Watches a source's folder, which may not be there for a while. */
export class SourceWatch {
  readonly #folder: string
  readonly #onChange: (paths: string[] | null) => void
  #watch: FolderWatch | null = null
  #isClosed = false

  constructor(folder: string, onChange: (paths: string[] | null) => void) {
    this.#folder = folder
    this.#onChange = onChange
  }

  /** In words for the person, where changes are seen late. */
  get problem(): string | null {
    return this.#watch?.problem ?? null
  }

  /** Watches from now on, and anew where it did before. False where the folder is not there, or nobody asks any more. */
  async begin(): Promise<boolean> {
    await this.#end()
    try {
      const watch = await watchFolder(this.#folder, (paths) => {
        if (!this.#isClosed) this.#onChange(paths)
      })
      this.#watch = watch
    } catch {
      // looking at it says why, and it is tried again
      return false
    }
    if (this.#isClosed) await this.#end()
    return !this.#isClosed
  }

  async close(): Promise<void> {
    this.#isClosed = true
    await this.#end()
  }

  async #end(): Promise<void> {
    const watch = this.#watch
    this.#watch = null
    await watch?.close()
  }
}
