import { lineEnd, placeOf, skipSpaces } from './lines.ts'

/** 1 to 6 where a heading starts here, otherwise 0. */
export function headingLevel(text: string, at: number, end: number): number {
  let level = 0
  while (level < 7 && text.charCodeAt(at + level) === 35) level += 1
  const after = at + level
  return level <= 6 && (after >= end || isSpaceCode(text.charCodeAt(after))) ? level : 0
}

/** Whether a line of code's fence starts here. */
export const isFence = (text: string, at: number): boolean =>
  text.startsWith('```', at) || text.startsWith('~~~', at)

/** Where the fence that opens here ends with its last line; code that is never closed goes on to the end. -1: no fence. */
export function fenceEnd(text: string, at: number): number {
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
export function unfenced(text: string, at: number, end: number): string {
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
export function quoteEnd(text: string, end: number): number {
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
export function itemEnd(text: string, indent: number, end: number): number {
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
export function itemLength(text: string, at: number, end: number): number {
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
export function afterMarks(text: string, start: number, end: number): number {
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
export function isRule(text: string, first: number, end: number, code: number): boolean {
  if (code !== 45 && code !== 42 && code !== 95 && code !== 61) return false
  let marks = 0
  for (let i = first; i < end; i += 1) {
    const at = text.charCodeAt(i)
    if (at === code) marks += 1
    else if (!isSpaceCode(at)) return false
  }
  return marks >= 3 || (code === 61 && marks > 0)
}

/** Whether the line is indented so far that it is code. */
export const isIndentedCode = (text: string, at: number): boolean =>
  text.charCodeAt(at) === 9 || text.startsWith('    ', at)

/** Where indented code ends that goes on behind the line that ends at `end`. */
export function indentedEnd(text: string, end: number): number {
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
export function isTableHead(text: string, first: number, end: number): boolean {
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

/** Where the table ends whose head's line ends at `end`. */
export function tableEnd(text: string, end: number): number {
  let last = end
  while (last < text.length) {
    const next = lineEnd(text, last + 1)
    if (placeOf(text, '|', last + 1, next) === -1) return last
    last = next
  }
  return last
}

const isDigit = (code: number): boolean => code >= 48 && code <= 57
const isSpaceCode = (code: number): boolean => code === 32 || code === 9 || code === 13
const isFencePrefix = (code: number): boolean => isSpaceCode(code) || code === 62
