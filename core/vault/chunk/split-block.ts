import type { Block } from './block.ts'

/**
 * Takes apart a block that is too long: tables and code at lines, a table's head searched with every part; texts at
 * sentences, or between words. `seen` says what is searched of a part.
 */
export function splitBlock(
  text: string,
  block: Block,
  length: number,
  seen: (start: number, end: number) => string
): Block[] {
  const parts: Block[] = []
  const head = block.kind === 'table' ? seen(block.start, firstLineEnd(text, block)) : ''
  let start = block.start
  while (start < block.end) {
    const end = block.end - start <= length * 1.25 ? block.end : cutBefore(text, start, start + length, block)
    const last = start + text.slice(start, end).trimEnd().length
    const part = seen(start, last)
    const searched = head !== '' && start > block.start ? `${head}\n${part}` : part
    if (last > start && !isData(text.slice(start, last))) parts.push({ ...block, start, end: last, searched })
    start = end
  }
  return parts
}

/** Bytes written as letters, such as a picture within a note: nobody searches them. */
const isData = (part: string): boolean => /^[\x21-\x7e]{1000,}$/.test(part)

function firstLineEnd(text: string, { start, end }: Block): number {
  const line = text.indexOf('\n', start)
  return line === -1 ? end : Math.min(line, end)
}

/** The last good place to cut between `from` and `until`: after a line, a sentence, a word, a whole character. */
function cutBefore(text: string, from: number, until: number, { kind }: Block): number {
  const earliest = from + Math.floor((until - from) / 2)
  const line = from + text.slice(from, until).lastIndexOf('\n')
  if (line >= earliest) return line + 1
  if (kind === 'paragraph' || kind === 'item') {
    for (let at = until - 1; at > earliest; at -= 1)
      if (isSpace(text.charCodeAt(at)) && isSentenceEnd(text.charCodeAt(at - 1))) return at + 1
  }
  const space = from + text.slice(from, until).lastIndexOf(' ')
  if (space >= earliest) return space + 1
  return isSecondHalf(text.charCodeAt(until)) ? until - 1 : until
}

const isSpace = (code: number): boolean => code === 32 || code === 10
const isSentenceEnd = (code: number): boolean =>
  code === 46 || code === 33 || code === 63 || code === 58 || code === 0x3002
/** Of a pair that stands for one character. */
const isSecondHalf = (code: number): boolean => code >= 0xdc00 && code <= 0xdfff
