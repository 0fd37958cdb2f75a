import { type DocumentKind, documentKindSchema } from '../contract/knowledge.ts'
import type { Connection } from '../store/connection.ts'
import type { SqlValue } from '../store/sql.ts'
import type { DocumentLink, IndexDocument, UnreadDocument } from './document.ts'
import type { IndexStats, KnownFile } from './knowledge-index.ts'

/** What the chunks of a document are searched with. */
export interface DocumentNames {
  title: string
  aliases: string[]
  tags: string[]
}

/** Hashes of a document's lines, and of those that were left out when it was indexed. */
export interface DocumentLines {
  id: number
  lines: Uint32Array
  leftOut: Uint32Array
}

export interface DocumentRepository {
  files(): KnownFile[]
  idOf(path: string): number | null
  linesOf(id: number): Omit<DocumentLines, 'id'>
  namesOf(id: number): DocumentNames
  /** Every document with lines; nothing else may be read meanwhile. */
  eachLines(): Iterable<DocumentLines>
  /** Adds the document, or replaces all but the chunks of the one that is known under this id. Gives its id. */
  save(document: IndexDocument, known: number | null, lines: Uint32Array, leftOut: Uint32Array): number
  addUnread(document: UnreadDocument): void
  setLeftOut(id: number, leftOut: Uint32Array): void
  /** Into another folder: the file's name is the same. */
  rename(id: number, to: string, modifiedAt: number): void
  touch(path: string, modifiedAt: number, bytes: number): void
  /** All but its chunks. */
  remove(id: number): void
  stats(): Pick<IndexStats, 'documents' | 'failures' | 'lastChangeAt' | 'completeAt'>
  markComplete(at: number): void
}

interface FileRow extends Omit<KnownFile, 'status'> {
  status: string
}

const statuses = new Set<KnownFile['status']>(['indexed', 'pending', 'failed', 'skipped'])

export function documentRepository(connection: Connection): DocumentRepository {
  const files = connection.prepare<[], FileRow>(
    'SELECT path, modified_at AS modifiedAt, bytes, hash, status FROM documents'
  )
  const idOf = connection.prepare<[string], number>('SELECT id FROM documents WHERE path = ?').pluck()
  const linesOf = connection.prepare<[number], { lines: Buffer; leftOut: Buffer }>(
    'SELECT lines, left_out AS leftOut FROM documents WHERE id = ?'
  )
  const namesOf = connection.prepare<[number], { title: string; aliases: string; tags: string }>(
    'SELECT title, aliases, tags FROM documents WHERE id = ?'
  )
  const eachLines = connection.prepare<[], { id: number; lines: Buffer; leftOut: Buffer }>(
    'SELECT id, lines, left_out AS leftOut FROM documents WHERE length(lines) > 0'
  )
  const insert = connection.prepare(`
    INSERT INTO documents (kind, status, reason, title, aliases, tags, properties, created_at, modified_at, bytes, hash,
      chunk_count, lines, left_out, path)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`)
  const update = connection.prepare(`
    UPDATE documents SET kind = ?, status = ?, reason = ?, title = ?, aliases = ?, tags = ?, properties = ?,
      created_at = ?, modified_at = ?, bytes = ?, hash = ?, chunk_count = ?, lines = ?, left_out = ?
    WHERE id = ?`)
  const setLeftOut = connection.prepare('UPDATE documents SET left_out = ? WHERE id = ?')
  const rename = connection.prepare('UPDATE documents SET path = ?, modified_at = ? WHERE id = ?')
  const touch = connection.prepare('UPDATE documents SET modified_at = ?, bytes = ? WHERE path = ?')
  const remove = connection.prepare('DELETE FROM documents WHERE id = ?')
  const removeTags = connection.prepare('DELETE FROM document_tags WHERE document_id = ?')
  const addTag = connection.prepare('INSERT OR IGNORE INTO document_tags (tag, document_id) VALUES (?, ?)')
  const removeNames = connection.prepare('DELETE FROM document_names WHERE document_id = ?')
  const addName = connection.prepare(
    'INSERT OR IGNORE INTO document_names (name, document_id, is_alias) VALUES (?, ?, ?)'
  )
  const removeLinks = connection.prepare('DELETE FROM links WHERE document_id = ?')
  const addLink = connection.prepare(`
    INSERT INTO links (document_id, ordinal, target, name, subpath, label, embed, line, start)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`)
  const stats = connection.prepare<[], Omit<IndexStats, 'chunks' | 'chunksWithoutVector'>>(`
    SELECT count(*) FILTER (WHERE status = 'indexed') AS documents,
      count(*) FILTER (WHERE status = 'failed') AS failures,
      max(modified_at) AS lastChangeAt, (SELECT complete_at FROM index_state) AS completeAt
    FROM documents`)
  const markComplete = connection.prepare('UPDATE index_state SET complete_at = ?')

  /** Not as one statement: with `ON CONFLICT` and `RETURNING` the full text writes out its words after every document. */
  const saveRow = (known: number | null, path: string, ...values: SqlValue[]): number => {
    if (known === null) return Number(insert.run(...values, path).lastInsertRowid)
    update.run(...values, known)
    removeRelated(known)
    return known
  }
  const removeRelated = (id: number): void => {
    removeTags.run(id)
    removeNames.run(id)
    removeLinks.run(id)
  }
  const addLinks = (id: number, links: readonly DocumentLink[]): void => {
    for (const [ordinal, { target, subpath, label, embed, line, start }] of links.entries())
      addLink.run(id, ordinal, target, lastPart(target), subpath, label, embed ? 1 : 0, line, start)
  }
  const addNames = (id: number, path: string, aliases: readonly string[]): void => {
    for (const name of fileNames(path)) addName.run(name, id, 0)
    for (const alias of aliases) addName.run(alias.toLowerCase(), id, 1)
  }

  return {
    files: () =>
      files.all().flatMap((row) => {
        const status = [...statuses].find((name) => name === row.status)
        return status ? [{ ...row, status }] : []
      }),
    idOf: (path) => idOf.get(path) ?? null,
    linesOf(id) {
      const row = linesOf.get(id)
      return { lines: asLines(row?.lines), leftOut: asLines(row?.leftOut) }
    },
    namesOf(id) {
      const row = namesOf.get(id)
      return { title: row?.title ?? '', aliases: texts(row?.aliases), tags: texts(row?.tags) }
    },
    *eachLines() {
      for (const { id, lines, leftOut } of eachLines.iterate())
        yield { id, lines: asLines(lines), leftOut: asLines(leftOut) }
    },
    save(document, known, lines, leftOut) {
      const { path, kind, title, aliases, tags, properties, createdAt, modifiedAt, bytes, hash } = document
      const id = saveRow(
        known,
        path,
        kind,
        'indexed',
        document.problem ?? null,
        title,
        JSON.stringify(aliases),
        JSON.stringify(tags),
        JSON.stringify(properties),
        createdAt,
        modifiedAt,
        bytes,
        hash,
        document.chunks.length,
        asBytes(lines),
        asBytes(leftOut)
      )
      for (const tag of tags.flatMap(withParents)) addTag.run(tag, id)
      addNames(id, path, aliases)
      addLinks(id, document.links)
      return id
    },
    addUnread({ path, kind, modifiedAt, bytes, status, reason }) {
      const none = new Uint8Array()
      const title = path.slice(path.lastIndexOf('/') + 1)
      const values = [kind, status, reason, title, '[]', '[]', '{}', null, modifiedAt, bytes, null, 0]
      addNames(saveRow(null, path, ...values, none, none), path, [])
    },
    setLeftOut: (id, leftOut) => void setLeftOut.run(asBytes(leftOut), id),
    rename: (id, to, modifiedAt) => void rename.run(to, modifiedAt, id),
    touch: (path, modifiedAt, bytes) => void touch.run(modifiedAt, bytes, path),
    remove(id) {
      removeRelated(id)
      remove.run(id)
    },
    stats: () => stats.get() ?? { documents: 0, failures: 0, lastChangeAt: null, completeAt: null },
    markComplete: (at) => void markComplete.run(at)
  }
}

/** The last part of a path in lower case, without a heading. */
export const lastPart = (target: string): string => target.slice(target.lastIndexOf('/') + 1).toLowerCase()

/** What a link may call a file: its name, with its extension and without. */
export function fileNames(path: string): string[] {
  const name = lastPart(path)
  const dot = name.lastIndexOf('.')
  return dot > 0 ? [name, name.slice(0, dot)] : [name]
}

/** `a/b/c` is `a`, `a/b` and `a/b/c`. */
function withParents(tag: string): string[] {
  const parts = tag.toLowerCase().split('/')
  return parts.map((_, index) => parts.slice(0, index + 1).join('/'))
}

const texts = (json: string | undefined): string[] => {
  const value: unknown = JSON.parse(json ?? '[]')
  return Array.isArray(value) ? value.filter((item) => typeof item === 'string') : []
}

export const kindOf = (value: string): DocumentKind => documentKindSchema.parse(value)

const asBytes = (lines: Uint32Array): Uint8Array =>
  new Uint8Array(lines.buffer, lines.byteOffset, lines.byteLength)

/** A copy: numbers must lie at a multiple of four. */
export const asLines = (bytes: Uint8Array | undefined): Uint32Array =>
  new Uint32Array(Uint8Array.from(bytes ?? []).buffer)
