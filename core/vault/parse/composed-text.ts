import type { Block } from '../chunk/block.ts'
import { type TextFile, utf8Offsets } from './text-file.ts'

/** A text put together from what was read of a file: places count in it, not in the file. */
export class ComposedText {
  readonly blocks: Block[] = []
  #text = ''

  get text(): string {
    return this.#text
  }

  /** Adds a block behind a blank line; gives where it starts. What is searched is the text itself where nothing is said. */
  add(
    kind: Block['kind'],
    text: string,
    { level = 0, searched = text }: { level?: number; searched?: string } = {}
  ): number {
    if (this.#text !== '') this.#text += '\n\n'
    const start = this.#text.length
    this.#text += text
    this.blocks.push({ kind, start, end: this.#text.length, searched, level })
    return start
  }

  file(): TextFile {
    return { text: this.#text, byteAt: utf8Offsets(this.#text) }
  }
}
