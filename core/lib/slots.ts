/**
 * What comes and goes with every call, for whoever has to go through all that is there. A Map or Set that is added to and
 * deleted from all the time leaves tables behind, each of which keeps the next one, and what stood in it when it was left,
 * from being collected while young: hundreds of times a second, that costs more than the calls themselves leave behind.
 */
export class Slots<T extends object> implements Iterable<T> {
  readonly #slots: (T | null)[] = []
  readonly #free: number[] = []

  get size(): number {
    return this.#slots.length - this.#free.length
  }

  /** Gives the slot that the value has until it is taken out. */
  put(value: T): number {
    const slot = this.#free.pop() ?? this.#slots.length
    this.#slots[slot] = value
    return slot
  }

  /** What stood there, which is then out; null where nothing does. */
  take(slot: number): T | null {
    const value = this.#slots[slot] ?? null
    if (value === null) return null
    this.#slots[slot] = null
    this.#free.push(slot)
    return value
  }

  /** In no order. */
  *[Symbol.iterator](): Iterator<T> {
    for (const value of this.#slots) if (value !== null) yield value
  }
}
