import type { Block } from '../chunk/block.ts'
import { lineEnd, skipSpaces, trimmedEnd } from './lines.ts'
import type { MarkdownInline } from './markdown-inline.ts'
import {
  afterMarks,
  fenceEnd,
  headingLevel,
  indentedEnd,
  isFence,
  isIndentedCode,
  isRule,
  isTableHead,
  itemEnd,
  itemLength,
  quoteEnd,
  tableEnd,
  unfenced
} from './markdown-lines.ts'
import { NextPlaces } from './next-places.ts'

/** Marks between which nothing is read, over lines and blank lines too. */
const hidden = [
  { open: '%%', close: '%%' },
  { open: '<!--', close: '-->' },
  { open: '<%', close: '%>' }
]

/** A line above a rule is a heading, unless it is a paragraph by its length. */
const LONGEST_HEADING = 200

/** Takes the text of a note from `from` on apart into its blocks, without comments and blank lines. */
export function markdownBlocks(text: string, from: number, inline: MarkdownInline): Block[] {
  return new BlockScanner(text, inline).blocks(from)
}

class BlockScanner {
  readonly #text: string
  readonly #inline: MarkdownInline
  readonly #blocks: Block[] = []
  readonly #places: NextPlaces
  /** The marks that the text has. */
  readonly #hidden: typeof hidden
  /** Of the paragraph under way; -1 where there is none. */
  #paragraph = -1
  #paragraphEnd = 0

  constructor(text: string, inline: MarkdownInline) {
    this.#text = text
    this.#inline = inline
    this.#places = new NextPlaces(text)
    this.#hidden = hidden.filter(({ open }) => text.includes(open))
  }

  blocks(from: number): Block[] {
    let at = from
    while (at < this.#text.length) at = this.#line(at)
    this.#closeParagraph()
    return this.#blocks
  }

  /** Reads the block that starts in this line; gives where the next line to be read starts. */
  #line(at: number): number {
    const text = this.#text
    const end = lineEnd(text, at)
    const first = skipSpaces(text, at, end)
    if (first === end) {
      this.#closeParagraph()
      return end + 1
    }
    const opened = this.#hidden.length > 0 ? this.#openHidden(at, end) : null
    if (opened) {
      this.#extendParagraph(at, opened.start)
      this.#closeParagraph()
      return opened.end
    }
    const code = text.charCodeAt(first)
    if (code === 96 || code === 126) {
      const close = fenceEnd(text, first)
      if (close !== -1) return this.#add('code', at, close, 0, unfenced(text, first, close))
    }
    if (code === 36 && text.startsWith('$$', first)) {
      const close = text.indexOf('$$', first + 2)
      if (close !== -1 && !/\n\s*\n/.test(text.slice(first, close)))
        return this.#add('code', at, lineEnd(text, close + 2), 0, text.slice(first + 2, close))
    }
    if (code === 35) {
      const level = headingLevel(text, first, end)
      if (level > 0) return this.#heading(at, end, first + level, end, level)
    }
    if (code === 62) return this.#marked(at, quoteEnd(text, end), 'paragraph')
    if (isRule(text, first, end, code)) return this.#rule(at, end, code)
    if (itemLength(text, first, end) > 0) return this.#marked(at, itemEnd(text, first - at, end), 'item')
    if (this.#paragraph === -1 && isIndentedCode(text, at)) {
      const close = indentedEnd(text, end)
      return this.#add('code', at, close, 0, text.slice(first, close))
    }
    if (this.#paragraph === -1 && isTableHead(text, first, end)) {
      const close = tableEnd(text, end)
      return this.#add('table', at, close, 0, tableWords(this.#inline.seen(at, close)))
    }
    this.#extendParagraph(at, end)
    return end + 1
  }

  #extendParagraph(at: number, end: number): void {
    if (this.#paragraph === -1) this.#paragraph = at
    this.#paragraphEnd = end
  }

  #closeParagraph(): void {
    const start = this.#paragraph
    if (start === -1) return
    this.#paragraph = -1
    const end = trimmedEnd(this.#text, start, this.#paragraphEnd)
    if (end === start) return
    const seen = this.#inline.seen(start, end)
    // a comment is no paragraph
    if (seen.trim() !== '' || !isHiddenStart(this.#text.charCodeAt(start)))
      this.#push('paragraph', start, end, 0, seen)
  }

  #add(kind: Block['kind'], start: number, end: number, level: number, searched: string): number {
    this.#closeParagraph()
    this.#push(kind, start, end, level, searched)
    return end + 1
  }

  #push(kind: Block['kind'], start: number, end: number, level: number, searched: string): void {
    this.#blocks.push({
      kind,
      start,
      end: trimmedEnd(this.#text, start, end),
      searched: searched.trim(),
      level
    })
  }

  #heading(start: number, end: number, from: number, until: number, level: number): number {
    this.#closeParagraph()
    const shown = this.#inline.seen(from, until).replace(/\s+#+\s*$/, '')
    this.#push('heading', start, end, level, shown)
    return end + 1
  }

  /** A line of `-`, `=` or `*`: under a paragraph of one line it makes a heading of it. */
  #rule(at: number, end: number, code: number): number {
    const start = this.#paragraph
    const until = this.#paragraphEnd
    const isTitle = lineEnd(this.#text, start) === until && until - start <= LONGEST_HEADING
    if (start !== -1 && code !== 42 && code !== 95 && isTitle) {
      this.#paragraph = -1
      return this.#heading(start, end, start, until, code === 61 ? 1 : 2)
    }
    if (code === 61) this.#extendParagraph(at, end)
    else this.#closeParagraph()
    return end + 1
  }

  /** A quote, a callout or a list item: lines with marks before them, and code between fences. */
  #marked(start: number, end: number, kind: 'paragraph' | 'item'): number {
    this.#closeParagraph()
    const text = this.#text
    const lines: string[] = []
    let at = start
    while (at < end) {
      const until = Math.min(lineEnd(text, at), end)
      const from = afterMarks(text, at, until)
      const close = isFence(text, from) ? fenceEnd(text, from) : -1
      if (close !== -1 && close <= end) {
        lines.push(unfenced(text, from, close))
        at = close + 1
      } else {
        if (from < until) lines.push(this.#inline.seen(from, until))
        at = until + 1
      }
    }
    this.#push(kind, start, end, 0, lines.join('\n'))
    return end + 1
  }

  /** What is hidden from this line on into others. */
  #openHidden(at: number, end: number): { start: number; end: number } | null {
    for (const { open, close } of this.#hidden) {
      let start = this.#places.of(open, at)
      while (start < end) {
        const stop = this.#places.of(close, start + open.length)
        if (stop === Infinity) break
        if (stop >= end) {
          if (isInCode(this.#text, at, start)) break
          return { start, end: stop + close.length }
        }
        start = this.#places.of(open, stop + close.length)
      }
    }
    return null
  }
}

/** Whether a mark stands in code within the line that starts at `from`. */
const isInCode = (text: string, from: number, at: number): boolean =>
  text.slice(from, at).split('`').length % 2 === 0

/** Cells apart from each other, without the line below the head. */
const tableWords = (seen: string): string => seen.replace(/\n[\s|:-]+\n/, '\n').replaceAll('|', ' ')

const isHiddenStart = (code: number): boolean => code === 60 || code === 37
