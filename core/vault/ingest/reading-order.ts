import type { ScannedFile } from '../folder/scan.ts'

/** So many links to a file make it read before newer ones. */
const MANY_LINKS = 3

/** Files still to be read: what much links to first, then what changed last. */
export class ReadingOrder {
  readonly #waiting = new Map<string, ScannedFile>()
  /** Paths by what a link calls them. */
  readonly #byName = new Map<string, string>()
  readonly #links = new Map<string, number>()
  /** Oldest first; may hold paths that are read already. */
  #byTime: string[] = []
  #wanted: string[] = []

  get size(): number {
    return this.#waiting.size
  }

  add(files: readonly ScannedFile[]): void {
    for (const file of files) {
      this.#waiting.set(file.path, file)
      this.#byName.set(nameOf(file.path), file.path)
    }
    const time = (path: string): number => this.#waiting.get(path)?.modifiedAt ?? 0
    this.#byTime = [...this.#waiting.keys()].sort((left, right) => time(left) - time(right))
  }

  delete(path: string): void {
    this.#waiting.delete(path)
  }

  /** A file that was read links to these, as written. */
  linked(targets: readonly string[]): void {
    for (const target of new Set(targets.map(nameOf))) {
      const count = (this.#links.get(target) ?? 0) + 1
      this.#links.set(target, count)
      const path = count === MANY_LINKS ? this.#byName.get(target) : undefined
      if (path !== undefined && this.#waiting.has(path)) this.#wanted.push(path)
    }
  }

  /** The next one, which is no longer among those that wait. */
  take(): ScannedFile | null {
    for (let path = this.#next(); path !== undefined; path = this.#next()) {
      const file = this.#waiting.get(path)
      this.#waiting.delete(path)
      if (file) return file
    }
    this.#byName.clear()
    this.#links.clear()
    return null
  }

  #next(): string | undefined {
    return this.#wanted.pop() ?? this.#byTime.pop()
  }
}

const nameOf = (path: string): string =>
  path
    .slice(path.lastIndexOf('/') + 1)
    .replace(/\.md$/i, '')
    .toLowerCase()
