import type { Span } from '../contract/traces.ts'

/** Calls are looked for so many spans up; deeper ones count for themselves. */
const MAX_CLIMB = 256

/** A span as far as it is remembered while others of its trace may come. Times are microseconds since 1970. */
export type OutlinedSpan = Pick<Span, 'id' | 'parentId' | 'kind' | 'startUs' | 'durationUs' | 'firstTokenUs'>

/** What is known of the spans of a trace that comes in pieces, in any order, some of them twice. */
export class SpanOutline {
  readonly #parents = new Map<string, string | null>()
  readonly #counted = new Set<string>()
  /** Spans with a counted one below them; some have not come yet. */
  readonly #aboveCounted = new Set<string>()
  #outermost: OutlinedSpan | null = null
  #startUs = Number.POSITIVE_INFINITY
  #endUs = Number.NEGATIVE_INFINITY
  #firstTokenUs: number | null = null

  get size(): number {
    return this.#parents.size
  }
  get startUs(): number {
    return this.#startUs
  }
  get durationUs(): number {
    return this.#endUs - this.#startUs
  }
  /** After the start; null where no span says. */
  get firstTokenUs(): number | null {
    return this.#firstTokenUs === null ? null : this.#firstTokenUs - this.#startUs
  }

  has(id: string): boolean {
    return this.#parents.has(id)
  }

  /**
   * Takes a span that is not there yet. `isOutermost`: none that came before is further out. `counts`: it asked a model, and
   * no span above or below it has been counted for that. Frameworks and the libraries they call both report a call.
   */
  add(span: OutlinedSpan): { isOutermost: boolean; counts: boolean } {
    this.#parents.set(span.id, span.parentId)
    this.#startUs = Math.min(this.#startUs, span.startUs)
    this.#endUs = Math.max(this.#endUs, span.startUs + span.durationUs)
    if (span.firstTokenUs !== null)
      this.#firstTokenUs = Math.min(this.#firstTokenUs ?? span.firstTokenUs, span.firstTokenUs)
    const isAbove = this.#aboveCounted.has(span.id)
    const counts = span.kind === 'provider' && !isAbove && !this.#isBelowCounted(span.parentId)
    if (counts) this.#counted.add(span.id)
    if (counts || isAbove) this.#noteAbove(span.parentId)
    const isOutermost = this.#isFurtherOut(span)
    if (isOutermost) this.#outermost = span
    return { isOutermost, counts }
  }

  #isBelowCounted(parentId: string | null): boolean {
    let id = parentId
    for (let climbed = 0; id !== null && climbed < MAX_CLIMB; climbed++) {
      if (this.#counted.has(id)) return true
      id = this.#parents.get(id) ?? null
    }
    return false
  }

  #noteAbove(parentId: string | null): void {
    let id = parentId
    while (id !== null && !this.#aboveCounted.has(id)) {
      this.#aboveCounted.add(id)
      id = this.#parents.get(id) ?? null
    }
  }

  #isFurtherOut({ parentId, startUs }: OutlinedSpan): boolean {
    const known = this.#outermost
    if (known === null) return true
    const isRoot = parentId === null
    const isKnownRoot = known.parentId === null
    return isRoot === isKnownRoot ? startUs < known.startUs : isRoot
  }
}
