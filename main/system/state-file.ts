import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import type { z } from 'zod'

/** A small JSON file in which the shell remembers something between starts. Losing it costs nothing but comfort. */
export class StateFile<T> {
  readonly #path: string
  readonly #schema: z.ZodType<T>

  constructor(path: string, schema: z.ZodType<T>) {
    this.#path = path
    this.#schema = schema
  }

  /** What was written last; null if nothing was, or if it cannot be read any more. */
  read(): T | null {
    try {
      return this.#schema.parse(JSON.parse(readFileSync(this.#path, 'utf8')))
    } catch {
      return null
    }
  }

  /** Writes the whole file or leaves it as it was. A full disk is no reason to disturb anyone. */
  write(value: T): void {
    const draft = `${this.#path}.new`
    try {
      mkdirSync(dirname(this.#path), { recursive: true })
      writeFileSync(draft, JSON.stringify(value))
      renameSync(draft, this.#path)
    } catch {
      // the next start begins with the defaults
    }
  }
}
