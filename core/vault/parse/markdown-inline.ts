import type { DocumentLink } from '../../retrieval/document.ts'
import { isBlankCode, isLetter, isPunctuation, isTagBoundary, isTagCode, isWord } from './character-codes.ts'
import { closingBracket, closingParenthesis } from './closing-brackets.ts'
import { lineEnd, lineStart, skipSpaces } from './lines.ts'
import { fileLink, wikiLink } from './markdown-link.ts'
import { NextPlaces } from './next-places.ts'

/** Of the line a link stands in. */
const LONGEST_LINE = 240
const LONGEST_FIELD_NAME = 60
/** What may stand before a field's name: a list's mark, a task's box, quotes. */
const FIELD_MARKS = 20
/** Markup within a block that is not closed after so many characters is none. */
const LONGEST_MARKUP = 2000
const LONGEST_TAG = 120
const LONGEST_ENTITY = 8

/** Elements that part no words. */
const WITHIN_WORDS = /^<\/?(?:a|b|code|em|font|i|kbd|mark|s|small|span|strong|sub|sup|u)\b/i

const CODE = /^<code(?![^\s])/i

/** Characters that may begin markup; all others are text. */
const mayBeMarkup = new Uint8Array(128)
for (const character of '`[]!#*_=~%<\\&^:') mayBeMarkup[character.charCodeAt(0)] = 1

const entities: Record<string, string> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
  nbsp: ' '
}

/** What an entity stands for, by its name or number; undefined where it is none. */
function entityOf(name: string): string | undefined {
  const [, hex, decimal] = /^#(?:x([0-9a-f]{1,6})|(\d{1,7}))$/i.exec(name) ?? []
  const code = hex === undefined ? Number(decimal ?? Number.NaN) : Number.parseInt(hex, 16)
  return code > 31 && code <= 0x10ffff ? String.fromCodePoint(code).toWellFormed() : entities[name]
}

/** Reads what stands within blocks: links, tags and fields are collected, and what is left is what a reader sees. */
export class MarkdownInline {
  /** Their places are counted in characters still. */
  readonly links: DocumentLink[] = []
  /** By their lower-case form, as first written. */
  readonly tags = new Map<string, string>()
  readonly fields: { name: string; value: string }[] = []
  readonly #text: string
  readonly #places: NextPlaces
  /** Where reading goes on after a piece of markup, and what is seen in its place. */
  #next = 0
  #shown = ''
  /** The text of an element `code` that was met last: only tags and entities are markup in it. */
  #code = { from: 0, until: 0 }

  constructor(text: string) {
    this.#text = text
    this.#places = new NextPlaces(text)
  }

  /** What is seen of the text between two places. */
  seen(start: number, end: number): string {
    const text = this.#text
    let seen = ''
    let kept = start
    let i = start
    while (i < end) {
      const code = text.charCodeAt(i)
      if (code > 127 || mayBeMarkup[code] === 0 || !this.#read(code, i, start, end)) {
        i += 1
        continue
      }
      seen += text.slice(kept, i) + this.#shown
      kept = this.#next
      i = kept
    }
    return kept === start ? text.slice(start, end) : seen + text.slice(kept, end)
  }

  /** Whether markup starts here; then `#next` and `#shown` say what becomes of it. */
  #read(code: number, at: number, start: number, end: number): boolean {
    const text = this.#text
    if (at < this.#code.until && at >= this.#code.from && code !== 60 && code !== 38) return false
    switch (code) {
      case 96: // `
        return this.#codeSpan(at, end)
      case 91: // [
        return this.#bracket(at, start, end, false)
      case 33: // !
        return text.charCodeAt(at + 1) === 91 && this.#bracket(at + 1, start, end, true)
      case 35: // #
        return this.#tag(at, start, end)
      case 42: // *
        return this.#drop(at, 1)
      case 95: // _
        return !(isWord(text.charCodeAt(at - 1)) && isWord(text.charCodeAt(at + 1))) && this.#drop(at, 1)
      case 61: // =
      case 126: // ~
        return text.charCodeAt(at + 1) === code && this.#drop(at, 2)
      case 37: // %
        return text.charCodeAt(at + 1) === 37 && this.#span(at, '%%', end)
      case 60: // <
        return this.#angle(at, end)
      case 92: // backslash
        return (
          isPunctuation(text.charCodeAt(at + 1)) && at + 1 < end && this.#show(at + 2, text.charAt(at + 1))
        )
      case 38: // &
        return this.#entity(at, end)
      case 94: // ^
        return this.#blockId(at, start, end)
      default: // :
        return text.charCodeAt(at + 1) === 58 && this.#field(at, start)
    }
  }

  #close(mark: string, from: number, end: number): number {
    const place = this.#places.of(mark, from)
    return place <= Math.min(end - mark.length, from + LONGEST_MARKUP) ? place : -1
  }

  #show(next: number, shown: string): true {
    this.#next = next
    this.#shown = shown
    return true
  }

  #drop(at: number, length: number): true {
    return this.#show(at + length, '')
  }

  /** What stands between a mark and its like is not seen. */
  #span(at: number, mark: string, end: number): boolean {
    const close = this.#close(mark, at + mark.length, end)
    return close !== -1 && this.#show(close + mark.length, '')
  }

  #codeSpan(at: number, end: number): boolean {
    let open = at
    while (open < end && this.#text.charCodeAt(open) === 96) open += 1
    const ticks = this.#text.slice(at, open)
    const close = this.#close(ticks, open, end)
    if (close === -1) return this.#show(open, '')
    return this.#show(close + ticks.length, this.#text.slice(open, close))
  }

  #bracket(at: number, start: number, end: number, embed: boolean): boolean {
    const text = this.#text
    const second = text.charCodeAt(at + 1)
    if (second === 91) {
      const close = this.#close(']]', at + 2, end)
      if (close === -1) return false
      const link = wikiLink(text.slice(at + 2, close))
      this.#addLink(link, at, embed)
      const nothing = link.target === '' && link.subpath === null
      return this.#show(close + 2, nothing ? '' : (link.label ?? shownTarget(link)))
    }
    if (this.#close(']', at + 1, end) === -1) return false
    const close = closingBracket(text, at + 1, Math.min(end, at + LONGEST_MARKUP))
    if (close === -1) return false
    if (second === 94) return this.#show(close + (text.charCodeAt(close + 1) === 58 ? 2 : 1), '')
    const after = text.charCodeAt(close + 1)
    if (after === 40) return this.#markdownLink(at, close, end, embed)
    if (after === 91) {
      const reference = this.#close(']', close + 2, end)
      if (reference !== -1) return this.#show(reference + 1, this.seen(at + 1, close))
    }
    // `[name]: address` at a line's start says where a reference leads
    if (after === 58 && isLineStart(text, at, start))
      return this.#show(Math.min(lineEnd(text, close), end), '')
    return this.#show(close + 1, this.seen(at + 1, close))
  }

  #markdownLink(at: number, close: number, end: number, embed: boolean): boolean {
    const text = this.#text
    // a picture may stand in the address itself
    const last = text.startsWith('data:', close + 2)
      ? this.#places.of(')', close)
      : closingParenthesis(text, close + 2, Math.min(end, close + LONGEST_MARKUP))
    if (last === -1 || last >= end) return false
    const label = this.seen(at + 1, close)
    const link = fileLink(text.slice(close + 2, last), label)
    if (link) this.#addLink(link, at, embed)
    return this.#show(last + 1, label)
  }

  #addLink(link: Pick<DocumentLink, 'target' | 'subpath' | 'label'>, at: number, embed: boolean): void {
    if (link.target === '' && link.subpath === null) return
    const text = this.#text
    const from = lineStart(text, at, LONGEST_LINE / 2)
    const line = text.slice(from, Math.min(this.#places.of('\n', at), from + LONGEST_LINE)).trim()
    this.links.push({ ...link, embed, line, start: at })
  }

  #tag(at: number, start: number, end: number): boolean {
    const text = this.#text
    if (at > start && !isTagBoundary(text.charCodeAt(at - 1))) return false
    let last = at + 1
    let isNumber = true
    while (last < end && last - at < LONGEST_TAG) {
      const code = text.charCodeAt(last)
      if (!isTagCode(code)) break
      if (code < 48 || code > 57) isNumber = false
      last += 1
    }
    if (last === at + 1 || isNumber) return false
    this.addTag(text.slice(at + 1, last))
    return this.#show(last, text.slice(at, last))
  }

  addTag(written: string): void {
    const tag = written.replace(/^\/+|\/+$/g, '')
    const key = tag.toLowerCase()
    if (tag !== '' && !this.tags.has(key)) this.tags.set(key, tag)
  }

  #angle(at: number, end: number): boolean {
    const text = this.#text
    const second = text.charCodeAt(at + 1)
    if (second === 37) return this.#until('%>', at, end)
    if (second === 33 && text.startsWith('<!--', at)) return this.#until('-->', at, end)
    if (second !== 47 && !isLetter(second)) return false
    const close = this.#close('>', at, end)
    if (close === -1) return false
    if (CODE.test(text.slice(at, close)))
      this.#code = { from: close + 1, until: Math.max(close, this.#close('</code>', close, end)) }
    const isAddress = text.startsWith('http', at + 1) || text.slice(at, close).includes('@')
    if (isAddress) return this.#show(close + 1, text.slice(at + 1, close))
    return this.#show(close + 1, WITHIN_WORDS.test(text.slice(at, close + 1)) ? '' : ' ')
  }

  #until(mark: string, at: number, end: number): boolean {
    const close = this.#close(mark, at + 2, end)
    return close !== -1 && this.#show(close + mark.length, '')
  }

  #entity(at: number, end: number): boolean {
    const close = this.#close(';', at, Math.min(end, at + LONGEST_ENTITY))
    if (close === -1) return false
    const shown = entityOf(this.#text.slice(at + 1, close))
    return shown !== undefined && this.#show(close + 1, shown)
  }

  /** `^id` at the end of a line names the block. */
  #blockId(at: number, start: number, end: number): boolean {
    const text = this.#text
    if (at > start && !isBlankCode(text.charCodeAt(at - 1))) return false
    let last = at + 1
    while (last < end && (isWord(text.charCodeAt(last)) || text.charCodeAt(last) === 45)) last += 1
    const rest = skipSpaces(text, last, end)
    return last > at + 1 && (rest === end || text.charCodeAt(rest) === 10) && this.#drop(at, last - at)
  }

  /** `name:: value`, alone in its line or in brackets. */
  #field(at: number, start: number): boolean {
    const text = this.#text
    // what stands in brackets is read by itself: then the bracket is just before the start
    const line = lineStart(text, at, LONGEST_FIELD_NAME + FIELD_MARKS)
    const before = text.slice(Math.max(line, start - 1), at)
    const bracket = Math.max(before.lastIndexOf('['), before.lastIndexOf('('))
    const until = this.#fieldEnd(before.charAt(bracket), at)
    if (bracket === -1 && !isBlankCode(text.charCodeAt(at + 2))) return false
    const name = before
      .slice(bracket + 1)
      .replace(/^[\s>*+-]*(?:\[.\]\s)?/, '')
      .replaceAll(/[*_]/g, '')
      .trim()
    if (until === -1 || name === '' || name.length > LONGEST_FIELD_NAME || /[.!?`|[\]():]/.test(name))
      return false
    const value = text
      .slice(at + 2, until)
      .replaceAll(/\s*[[(][^[\]()]*::[^[\]()]*[\])]/g, '')
      .trim()
    if (value !== '') this.fields.push({ name, value })
    return this.#show(at + 2, ':')
  }

  /** Where the bracket, or else the line, is closed that a field stands in; -1 where the bracket is not. */
  #fieldEnd(bracket: string, at: number): number {
    const line = Math.min(this.#places.of('\n', at), at + LONGEST_MARKUP, this.#text.length)
    if (bracket === '') return line
    const close = this.#places.of(bracket === '[' ? ']' : ')', at)
    return close < line ? close : -1
  }
}

const shownTarget = ({ target, subpath }: Pick<DocumentLink, 'target' | 'subpath'>): string => {
  const name = target.slice(target.lastIndexOf('/') + 1)
  return subpath === null || subpath.startsWith('^') ? name : `${name} ${subpath}`.trim()
}

const isLineStart = (text: string, at: number, start: number): boolean =>
  at === start || text.charCodeAt(at - 1) === 10
