/** Waiting items, of which those of different owners take turns. An owner's own stay in order. */
export class TurnQueue<T extends { owner: string }> implements Iterable<T> {
  /** A line for each owner that waits. Whose turn is next stands first. */
  readonly #lines = new Map<string, T[]>()

  get size(): number {
    let size = 0
    for (const line of this.#lines.values()) size += line.length
    return size
  }

  add(item: T): void {
    const line = this.#lines.get(item.owner)
    if (line === undefined) this.#lines.set(item.owner, [item])
    else line.push(item)
  }

  /** Takes the next one of those wanted. Its owner's next turn comes after everyone else's. */
  take(isWanted: (item: T) => boolean): T | undefined {
    for (const [owner, line] of this.#lines) {
      const item = line.find(isWanted)
      if (item === undefined) continue
      this.remove(item)
      // last in the map is last in turn
      if (this.#lines.delete(owner)) this.#lines.set(owner, line)
      return item
    }
    return undefined
  }

  remove(item: T): void {
    const line = this.#lines.get(item.owner)
    const index = line?.indexOf(item) ?? -1
    if (line === undefined || index === -1) return
    line.splice(index, 1)
    if (line.length === 0) this.#lines.delete(item.owner)
  }

  *[Symbol.iterator](): Iterator<T> {
    for (const line of this.#lines.values()) yield* line
  }
}
