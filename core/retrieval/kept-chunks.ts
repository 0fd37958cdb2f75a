import type { ChunkTextRow } from './chunk-repository.ts'
import type { DocumentChunk } from './document.ts'

/** A document's chunks from before a change: those of the same text keep their words and their vectors. */
export class KeptChunks {
  readonly #ids = new Map<string, number[]>()

  constructor(rows: readonly ChunkTextRow[]) {
    for (const { id, headings, text, searchText, context, facts } of rows) {
      const key = keyOf(headings, text, searchText, context, facts)
      const ids = this.#ids.get(key)
      if (ids) ids.push(id)
      else this.#ids.set(key, [id])
    }
  }

  /** The one of the same text, once; null where there was none. */
  take({ headings, text, searchText = text, context, facts }: DocumentChunk): number | null {
    if (this.#ids.size === 0) return null
    const searched = searchText === text ? null : searchText
    const key = keyOf(JSON.stringify(headings), text, searched, context ?? null, facts ?? null)
    return this.#ids.get(key)?.shift() ?? null
  }

  /** Those that were not taken. */
  rest(): number[] {
    return [...this.#ids.values()].flat()
  }
}

const keyOf = (...parts: (string | null)[]): string => JSON.stringify(parts)
