import { constants } from 'node:fs'
import { open, realpath } from 'node:fs/promises'
import { join, relative } from 'node:path'
import type { Note } from '../../contract/knowledge.ts'
import type { StoredDocument } from '../../retrieval/knowledge-index.ts'
import type { SourceRecord } from '../sources/source-record.ts'
import { outlineOf } from './outline.ts'
import { placeUrl } from './passages.ts'

/** Characters of a note that are shown at once. */
const MOST_CHARACTERS = 200_000
/** Kinds that are text as they stand on the disk. */
const textKinds: ReadonlySet<string> = new Set(['markdown', 'text', 'code', 'base'])

/** A document of the index with its text and all that points at it. */
export async function noteView(
  source: SourceRecord,
  document: StoredDocument,
  related: Note['related']
): Promise<Note> {
  const { path, kind, title, aliases, tags, properties, modifiedAt, bytes, chunks } = document
  const onDisk = textKinds.has(kind) ? await textOf(source.folder, path) : null
  const text = onDisk ?? chunks.map((chunk) => chunk.text).join('\n\n')
  const linkOf = (link: { path: string; title: string; line: string }) => ({ sourceId: source.id, ...link })
  return {
    sourceId: source.id,
    ...{ path, kind, title, aliases, tags, properties, modifiedAt, bytes, related },
    headings: kind === 'markdown' ? outlineOf(text) : [],
    text: text.slice(0, MOST_CHARACTERS),
    truncated: text.length > MOST_CHARACTERS,
    obsidianUrl: placeUrl(source, { path, headings: [], page: null }),
    backlinks: document.backlinks.map(linkOf),
    links: document.links.flatMap(({ path: to, title: called, line }) =>
      to === null ? [] : [linkOf({ path: to, title: called ?? to, line })]
    ),
    unresolved: [
      ...new Set(
        document.links.flatMap(({ path: to, target }) => (to === null && target !== '' ? [target] : []))
      )
    ]
  }
}

/** Null where the file is no longer there, or leads out of the folder. */
async function textOf(folder: string, path: string): Promise<string | null> {
  // the index has names in composed form, some file systems in the other
  for (const spelt of new Set([path, path.normalize('NFD')])) {
    try {
      const whole = await realpath(join(folder, spelt))
      if (relative(folder, whole).startsWith('..')) return null
      const file = await open(whole, constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0))
      try {
        const buffer = Buffer.alloc(MOST_CHARACTERS * 4)
        const { bytesRead } = await file.read(buffer, 0, buffer.length, 0)
        return new TextDecoder().decode(buffer.subarray(0, bytesRead))
      } finally {
        await file.close()
      }
    } catch {
      // it may be there in the other spelling
    }
  }
  return null
}
