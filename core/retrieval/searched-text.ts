import { hash } from 'node:crypto'
import { wordsApart } from '../lib/words-apart.ts'
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

const HASH_BYTES = 16

/** `leaveOut` says of a line's hash whether too many documents share it for it to say anything of this one. */
export function searchedChunk(
  document: Titled,
  chunk: Text,
  leaveOut: (line: number) => boolean
): SearchedChunk {
  return {
    title: identifierWords(document.title),
    aliases: document.aliases.join('\n'),
    breadcrumb: identifierWords(chunk.headings.join(' › ')),
    tags: document.tags.join(' ').replaceAll(/[/_-]/g, ' '),
    body: identifierWords(withoutLines(chunk.searchText ?? chunk.text, leaveOut)),
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

/** The same for chunks of which the same is searched: such a chunk keeps its place and its vector. */
export const hashOf = (document: Titled, chunk: Text): Buffer =>
  hash(
    'sha256',
    JSON.stringify([
      document.title,
      document.aliases,
      document.tags,
      chunk.headings,
      chunk.searchText ?? chunk.text,
      chunk.context ?? '',
      chunk.facts ?? ''
    ]),
    'buffer'
  ).subarray(0, HASH_BYTES)

function withoutLines(text: string, leaveOut: (line: number) => boolean): string {
  if (!text.includes('\n') && !leaveOut(lineHash(text))) return text
  return text
    .split('\n')
    .filter((line) => !leaveOut(lineHash(line)))
    .join('\n')
}

/** Of a line's letters and digits; 0 for a line that is too short to be boilerplate. */
export function lineHash(line: string): number {
  let value = 0x811c9dc5
  let letters = 0
  for (let i = 0; i < line.length; i += 1) {
    const code = line.charCodeAt(i)
    if (!isWordCode(code)) continue
    letters += 1
    value = Math.imul(value ^ code, 0x01000193)
  }
  return letters < SHORTEST_LINE ? 0 : value >>> 0 || 1
}

const SHORTEST_LINE = 6
const isWordCode = (code: number): boolean =>
  (code >= 97 && code <= 122) || (code >= 65 && code <= 90) || (code >= 48 && code <= 57) || code > 191

/** Different lines of a document, as hashes. */
export function linesOf(chunks: readonly Text[]): Uint32Array {
  const lines = new Set<number>()
  for (const chunk of chunks)
    for (const line of (chunk.searchText ?? chunk.text).split('\n')) {
      const value = lineHash(line)
      if (value !== 0) lines.add(value)
    }
  return Uint32Array.from(lines)
}
