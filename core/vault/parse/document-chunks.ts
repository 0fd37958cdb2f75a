import type { DocumentChunk } from '../../retrieval/document.ts'
import type { TextChunk } from '../chunk/chunk-blocks.ts'
import type { TextFile } from './text-file.ts'

/** Passages as they are indexed, by bytes. A text without any is still found by its title. */
export function documentChunks(file: TextFile, chunks: readonly TextChunk[]): DocumentChunk[] {
  if (chunks.length === 0) return [titleChunk()]
  return chunks.map(({ headings, start, end, searched, context, page }) => {
    const text = file.text.slice(start, end)
    return {
      headings,
      text,
      ...(searched !== text && { searchText: searched }),
      start: file.byteAt(start),
      end: file.byteAt(end),
      page: page ?? null,
      ...(context !== undefined && { context })
    }
  })
}

/** Of a document of which nothing but the title is known. */
export const titleChunk = (): DocumentChunk => ({ headings: [], text: '', start: 0, end: 0, page: null })
