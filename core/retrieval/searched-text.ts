import { wordsApart } from '../lib/words-apart.ts'
import { createCodeUnits } from './code-units.ts'
import type { DocumentChunk, IndexDocument } from './document.ts'
import { identifierWords } from './identifier-words.ts'

/** What is searched of one chunk, a field a column of the full text. */
export interface SearchedChunk {
  title: string
  aliases: string
  breadcrumb: string
  tags: string
  body: string
  context: string
  facts: string
}

type Titled = Pick<IndexDocument, 'title' | 'aliases' | 'tags'>
type Text = Pick<DocumentChunk, 'headings' | 'text' | 'searchText' | 'context' | 'facts'>

/** `leftOut` are hashes of the document's lines that too many others share for them to say anything of this one. */
export function searchedChunk(document: Titled, chunk: Text, leftOut: Uint32Array): SearchedChunk {
  return {
    title: identifierWords(document.title),
    aliases: document.aliases.join('\n'),
    breadcrumb: identifierWords(chunk.headings.join(' › ')),
    tags: document.tags.join(' ').replaceAll(/[/_-]/g, ' '),
    body: identifierWords(withoutLines(chunk.searchText ?? chunk.text, leftOut)),
    context: chunk.context ?? '',
    facts: chunk.facts ?? ''
  }
}

/** In the order of the full text's columns. */
export const columnsOf = (chunk: SearchedChunk): string[] =>
  [chunk.title, chunk.aliases, chunk.breadcrumb, chunk.tags, chunk.body, chunk.context, chunk.facts].map(
    wordsApart
  )

/** What the embedder is given: where the passage stands, what it says, and what follows from it. */
export function embeddedText({ title, breadcrumb, body, facts }: SearchedChunk): string {
  const place = [title, breadcrumb].filter((part) => part !== '').join(' › ')
  return [place, body, facts].filter((part) => part !== '').join('\n')
}

function withoutLines(text: string, leftOut: Uint32Array): string {
  if (leftOut.length === 0) return text
  return text
    .split('\n')
    .filter((line) => !leftOut.includes(lineHash(line)))
    .join('\n')
}

/** Of a line's letters and digits; 0 for a line that is too short to be boilerplate. */
export function lineHash(line: string): number {
  let found = 0
  eachLineHash(line, (value) => {
    found = value
  })
  return found
}

/** Different lines of a document, as hashes. */
export function linesOf(chunks: readonly Text[]): Uint32Array {
  const lines = new Set<number>()
  for (const chunk of chunks) eachLineHash(chunk.searchText ?? chunk.text, (value) => lines.add(value))
  return Uint32Array.from(lines)
}

const SHORTEST_LINE = 6

const codeUnits = createCodeUnits()

/** In one pass over the text: this sees all that is indexed. */
function eachLineHash(text: string, tell: (value: number) => void): void {
  const codes = codeUnits(text)
  let value = 0x811c9dc5
  let letters = 0
  for (let at = 0; at <= text.length; at += 1) {
    const code = codes[at] ?? 0
    if (code === LINE_FEED || at === text.length) {
      if (letters >= SHORTEST_LINE) tell(value >>> 0 || 1)
      value = 0x811c9dc5
      letters = 0
    } else if (isWordCode(code)) {
      letters += 1
      value = Math.imul(value ^ code, 0x01000193)
    }
  }
}

const LINE_FEED = 10
const isWordCode = (code: number): boolean =>
  (code >= 97 && code <= 122) || (code >= 65 && code <= 90) || (code >= 48 && code <= 57) || code > 191
