import { titleChunk } from './document-chunks.ts'
import type { DocumentBody } from './file-content.ts'
import { baseName } from './file-name.ts'
import { dateOf } from './note-properties.ts'

/** A picture, a recording, anything that is not read: found by the words of its name. */
export function namedFile(path: string): DocumentBody {
  const title = baseName(path)
  return {
    title,
    aliases: [],
    tags: [],
    properties: {},
    createdAt: dateOf(title),
    chunks: [titleChunk()],
    links: [],
    problem: null
  }
}
