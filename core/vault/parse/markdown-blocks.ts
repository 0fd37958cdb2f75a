import type { Block } from '../chunk/block.ts'
import { lineEnd, placeOf, skipSpaces, trimmedEnd } from './lines.ts'
import type { MarkdownInline } from './markdown-inline.ts'
import { NextPlaces } from './next-places.ts'

/** Marks between which nothing is read, over lines and blank lines too. */
const hidden = [
  { open: '%%', close: '%%' },
  { open: '<!--', close: '-->' },
  { open: '<%', close: '%>' }
]

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
    if (start !== -1 && code !== 42 && code !== 95 && lineEnd(this.#text, start) === until) {
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
        if (stop >= end) return { start, end: stop + close.length }
        start = this.#places.of(open, stop + close.length)
      }
    }
    return null
  }
}

/** 1 to 6 where a heading starts here, otherwise 0. */
function headingLevel(text: string, at: number, end: number): number {
  let level = 0
  while (level < 7 && text.charCodeAt(at + level) === 35) level += 1
  const after = at + level
  return level <= 6 && (after >= end || isSpaceCode(text.charCodeAt(after))) ? level : 0
}

const isFence = (text: string, at: number): boolean =>
  text.startsWith('```', at) || text.startsWith('~~~', at)

/** Where the fence that opens here ends with its last line; code that is never closed goes on to the end. -1: no fence. */
function fenceEnd(text: string, at: number): number {
  const mark = text.charCodeAt(at)
  let length = 0
  while (text.charCodeAt(at + length) === mark) length += 1
  const opening = lineEnd(text, at)
  if (length < 3 || (mark === 96 && text.slice(at + length, opening).includes('`'))) return -1
  let line = opening + 1
  while (line < text.length) {
    const end = lineEnd(text, line)
    let from = line
    while (from < end && isFencePrefix(text.charCodeAt(from))) from += 1
    let closing = 0
    while (text.charCodeAt(from + closing) === mark) closing += 1
    if (closing >= length && skipSpaces(text, from + closing, end) === end) return end
    line = end + 1
  }
  return text.length
}

/** Code without its fences, and with the language it is in. */
function unfenced(text: string, at: number, end: number): string {
  const opening = lineEnd(text, at)
  const last = text.lastIndexOf('\n', end - 1)
  const isClosed = last >= opening && isFence(text.slice(last + 1, end).replace(/^[\s>]+/, ''), 0)
  const language = text
    .slice(at, opening)
    .replace(/^[`~]+\s*/, '')
    .trim()
  const code = text.slice(Math.min(opening + 1, end), isClosed ? Math.max(last, opening + 1) : end)
  return language === '' ? code : `${language}\n${code}`
}

/** Where the quote ends that stands in the line that ends at `end`. */
function quoteEnd(text: string, end: number): number {
  let last = end
  while (last < text.length) {
    const next = lineEnd(text, last + 1)
    const first = skipSpaces(text, last + 1, next)
    if (text.charCodeAt(first) !== 62 || first === next) return last
    last = next
  }
  return last
}

/** Where the list item ends: before the next one of its depth or less, before text that is not indented. */
function itemEnd(text: string, indent: number, end: number): number {
  let last = end
  let at = end + 1
  while (at < text.length) {
    const next = lineEnd(text, at)
    const first = skipSpaces(text, at, next)
    if (first === next) {
      at = next + 1
      continue
    }
    if (first - at <= indent) return last
    const close = isFence(text, first) ? fenceEnd(text, first) : -1
    last = close === -1 ? next : close
    at = last + 1
  }
  return last
}

/** Characters of a list item's mark with the space after it; 0 where no item starts here. */
function itemLength(text: string, at: number, end: number): number {
  const code = text.charCodeAt(at)
  let last = at
  if (code === 45 || code === 42 || code === 43) last += 1
  else {
    while (last < end && last - at < 9 && isDigit(text.charCodeAt(last))) last += 1
    if (last === at) return 0
    const mark = text.charCodeAt(last)
    if (mark !== 46 && mark !== 41) return 0
    last += 1
  }
  return last === end || isSpaceCode(text.charCodeAt(last)) ? last + 1 - at : 0
}

/** Behind what marks a line: `>`, a callout's kind, a list's mark, a task's box. */
function afterMarks(text: string, start: number, end: number): number {
  let at = skipSpaces(text, start, end)
  while (at < end && text.charCodeAt(at) === 62) at = skipSpaces(text, at + 1, end)
  if (text.startsWith('[!', at)) {
    const close = text.indexOf(']', at)
    if (close !== -1 && close < end) {
      const fold = text.charCodeAt(close + 1)
      return skipSpaces(text, close + (fold === 43 || fold === 45 ? 2 : 1), end)
    }
  }
  const mark = itemLength(text, at, end)
  if (mark > 0) at = skipSpaces(text, Math.min(at + mark, end), end)
  const isTask = mark > 0 && text.charCodeAt(at) === 91 && text.charCodeAt(at + 2) === 93
  if (isTask && isSpaceCode(text.charCodeAt(at + 3))) at += 4
  let level = 0
  while (text.charCodeAt(at + level) === 35) level += 1
  return level > 0 && isSpaceCode(text.charCodeAt(at + level))
    ? Math.min(at + level + 1, end)
    : Math.min(at, end)
}

/** A line of nothing but three or more `-`, `*` or `_`, or of `=`. */
function isRule(text: string, first: number, end: number, code: number): boolean {
  if (code !== 45 && code !== 42 && code !== 95 && code !== 61) return false
  let marks = 0
  for (let i = first; i < end; i += 1) {
    const at = text.charCodeAt(i)
    if (at === code) marks += 1
    else if (!isSpaceCode(at)) return false
  }
  return marks >= 3 || (code === 61 && marks > 0)
}

const isIndentedCode = (text: string, at: number): boolean =>
  text.charCodeAt(at) === 9 || text.startsWith('    ', at)

function indentedEnd(text: string, end: number): number {
  let last = end
  let at = end + 1
  while (at < text.length) {
    const next = lineEnd(text, at)
    const isBlank = skipSpaces(text, at, next) === next
    if (!isBlank && !isIndentedCode(text, at)) return last
    if (!isBlank) last = next
    at = next + 1
  }
  return last
}

/** A line with a bar, and below it one of bars and dashes. */
function isTableHead(text: string, first: number, end: number): boolean {
  if (placeOf(text, '|', first, end) === -1) return false
  const next = lineEnd(text, end + 1)
  let dashes = 0
  for (let i = end + 1; i < next; i += 1) {
    const code = text.charCodeAt(i)
    if (code === 45) dashes += 1
    else if (code !== 124 && code !== 58 && !isSpaceCode(code)) return false
  }
  return dashes > 0
}

function tableEnd(text: string, end: number): number {
  let last = end
  while (last < text.length) {
    const next = lineEnd(text, last + 1)
    if (placeOf(text, '|', last + 1, next) === -1) return last
    last = next
  }
  return last
}

/** Cells apart from each other, without the line below the head. */
const tableWords = (seen: string): string => seen.replace(/\n[\s|:-]+\n/, '\n').replaceAll('|', ' ')

const isHiddenStart = (code: number): boolean => code === 60 || code === 37
const isDigit = (code: number): boolean => code >= 48 && code <= 57
const isSpaceCode = (code: number): boolean => code === 32 || code === 9 || code === 13
const isFencePrefix = (code: number): boolean => isSpaceCode(code) || code === 62
