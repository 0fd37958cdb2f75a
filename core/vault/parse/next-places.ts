/**
 * Where marks stand next in a text. What was looked for is remembered, so that a text of nothing but opening marks is not
 * searched to its end for every one of them.
 */
export class NextPlaces {
  readonly #text: string
  readonly #known = new Map<string, { from: number; place: number }>()

  constructor(text: string) {
    this.#text = text
  }

  /** Infinity where the mark does not stand behind `from`. */
  of(mark: string, from: number): number {
    const known = this.#known.get(mark)
    if (known && known.from <= from && from <= known.place) return known.place
    const found = this.#text.indexOf(mark, from)
    const place = found === -1 ? Infinity : found
    this.#known.set(mark, { from, place })
    return place
  }
}
