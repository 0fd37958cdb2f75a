import type { Block } from '../chunk/block.ts'
import { chunkBlocks } from '../chunk/chunk-blocks.ts'
import { documentChunks } from './document-chunks.ts'
import type { DocumentBody, FileContent } from './file-content.ts'
import { lineEnd, skipSpaces, trimmedEnd } from './lines.ts'
import { namedFile } from './named-file.ts'
import { textFile } from './text-file.ts'

/** Reads a text by its paragraphs. Throws `unsupported-media-type` for what is not text. */
export const readText = (file: FileContent): DocumentBody => readParagraphs(file, 'paragraph')

/** Reads code by its pieces: what stands between blank lines, up to the next line that is not indented. */
export const readCode = (file: FileContent): DocumentBody => readParagraphs(file, 'code')

function readParagraphs({ path, bytes }: FileContent, kind: 'paragraph' | 'code'): DocumentBody {
  const file = textFile(bytes)
  const seen = (start: number, end: number): string => file.text.slice(start, end)
  const chunks = chunkBlocks(file.text, paragraphs(file.text, kind), { title: '', seen })
  return { ...namedFile(path), chunks: documentChunks(file, chunks) }
}

function paragraphs(text: string, kind: 'paragraph' | 'code'): Block[] {
  const blocks: Block[] = []
  let start = -1
  let end = 0
  let afterBlank = true
  const close = (): void => {
    if (start !== -1) blocks.push({ kind, start, end, searched: text.slice(start, end), level: 0 })
    start = -1
  }
  for (let at = 0; at < text.length; at = lineEnd(text, at) + 1) {
    const until = lineEnd(text, at)
    const first = skipSpaces(text, at, until)
    if (first < until) {
      if (afterBlank && (kind === 'paragraph' || first === at)) close()
      if (start === -1) start = at
      end = trimmedEnd(text, first, until)
    }
    afterBlank = first === until
  }
  close()
  return blocks
}
