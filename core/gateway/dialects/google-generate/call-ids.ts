/**
 * Matches what functions gave back to their calls. Google's ids are optional: without one, a result belongs to the earliest
 * call of its name that has none yet. Ids made here depend on nothing but the conversation before them, so that it reads
 * the same in the next turn (prompt caches depend on it).
 */
export class CallIds {
  readonly #open: { id: string; name: string }[] = []
  #made = 0

  ofCall(name: string, id: string | null): string {
    const known = id ?? this.#make()
    this.#open.push({ id: known, name })
    return known
  }

  ofResult(name: string, id: string | null): string {
    const at = this.#open.findIndex((call) => (id === null ? call.name === name : call.id === id))
    const [call] = at === -1 ? [] : this.#open.splice(at, 1)
    return call?.id ?? id ?? this.#make()
  }

  #make(): string {
    return `call_google_${++this.#made}`
  }
}
