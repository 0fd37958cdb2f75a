import type { Connection } from '../store/connection.ts'
import { fileNames, kindOf, lastPart } from './document-repository.ts'
import type { FilesQuery, IndexStats, ListedFile, StoredDocument } from './knowledge-index.ts'

export interface LinkRow {
  target: string
  line: string
}

/** Reads documents, and how they hang together. */
export interface DocumentReadRepository {
  document(path: string): Omit<StoredDocument, 'links' | 'backlinks'> | null
  /** Links of a document, in its order. */
  linksOf(path: string): LinkRow[]
  /** Links of other documents that may mean this one: their target's last part is one of its names. */
  linksToNames(path: string): (LinkRow & { path: string; title: string })[]
  /** Documents that a link's last part may mean. Names before aliases, then by path. */
  named(name: string): { path: string; isAlias: boolean }[]
  title(path: string): string | null
  chunkIds(path: string): number[]
  files(query: FilesQuery): ListedFile[]
  stats(): IndexStats
}

interface DocumentRow {
  id: number
  path: string
  kind: string
  title: string
  aliases: string
  tags: string
  properties: string
  createdAt: number | null
  modifiedAt: number
  bytes: number
}
type ChunkRow = { headings: string; text: string; start: number; end: number; page: number | null }
type FileRow = Omit<ListedFile, 'kind' | 'status'> & { kind: string; status: string }

export function documentReadRepository(connection: Connection): DocumentReadRepository {
  const document = connection.prepare<[string], DocumentRow>(`
    SELECT id, path, kind, title, aliases, tags, properties, created_at AS createdAt, modified_at AS modifiedAt, bytes
    FROM documents WHERE path = ?`)
  const chunks = connection.prepare<[number], ChunkRow>(
    'SELECT headings, text, start, end, page FROM chunks WHERE document_id = ? ORDER BY ordinal'
  )
  const linksOf = connection.prepare<[string], LinkRow>(`
    SELECT target, line FROM links JOIN documents ON documents.id = document_id WHERE path = ? ORDER BY start`)
  const linksToNames = connection.prepare<[string, string], LinkRow & { path: string; title: string }>(`
    SELECT target, line, path, title FROM links JOIN documents ON documents.id = document_id
    WHERE name IN (SELECT document_names.name FROM document_names JOIN documents AS named ON named.id =
      document_names.document_id WHERE named.path = ?) AND path <> ?
    ORDER BY modified_at DESC`)
  const named = connection.prepare<[string], { path: string; isAlias: number }>(`
    SELECT path, is_alias AS isAlias FROM document_names JOIN documents ON documents.id = document_id
    WHERE name = ? ORDER BY is_alias, length(path), path`)
  const title = connection.prepare<[string], string>('SELECT title FROM documents WHERE path = ?').pluck()
  const chunkIds = connection
    .prepare<[string], number>(
      'SELECT chunks.id FROM chunks JOIN documents ON documents.id = document_id WHERE path = ? ORDER BY ordinal'
    )
    .pluck()
  const files = connection.prepare<Record<string, string | number | null>[], FileRow>(`
    SELECT path, kind, title, status, reason, chunk_count AS chunks, bytes, modified_at AS modifiedAt FROM documents
    WHERE path > $after AND ($status IS NULL OR status = $status)
      AND ($search = '' OR instr(lower(path), lower($search)) > 0)
    ORDER BY path LIMIT $limit`)
  const stats = connection.prepare<[], IndexStats>(`
    SELECT count(*) FILTER (WHERE status = 'indexed') AS documents,
      count(*) FILTER (WHERE status = 'failed') AS failures,
      max(modified_at) AS lastChangeAt, (SELECT complete_at FROM index_state) AS completeAt,
      (SELECT count(*) FROM chunks) AS chunks,
      (SELECT count(*) FROM chunks WHERE has_vector = 0) AS chunksWithoutVector
    FROM documents`)

  return {
    document(path) {
      const row = document.get(path)
      if (!row) return null
      const { id, kind, aliases, tags, properties, ...rest } = row
      return {
        ...rest,
        kind: kindOf(kind),
        aliases: texts(aliases),
        tags: texts(tags),
        properties: record(properties),
        chunks: chunks.all(id).map((chunk) => ({ ...chunk, headings: texts(chunk.headings) }))
      }
    },
    linksOf: (path) => linksOf.all(path),
    linksToNames: (path) => linksToNames.all(path, path),
    named: (name) =>
      named.all(name.toLowerCase()).map(({ path, isAlias }) => ({ path, isAlias: isAlias === 1 })),
    title: (path) => title.get(path) ?? null,
    chunkIds: (path) => chunkIds.all(path),
    files: ({ status = null, search = '', after = '', limit }) =>
      files.all({ status, search, after, limit }).flatMap((row) => {
        const known = statuses.find((name) => name === row.status)
        return known ? [{ ...row, kind: kindOf(row.kind), status: known }] : []
      }),
    stats: () =>
      stats.get() ?? {
        documents: 0,
        failures: 0,
        lastChangeAt: null,
        completeAt: null,
        chunks: 0,
        chunksWithoutVector: 0
      }
  }
}

const statuses = ['indexed', 'pending', 'failed', 'skipped'] as const

function texts(json: string): string[] {
  const value: unknown = JSON.parse(json)
  return Array.isArray(value) ? value.map(String) : []
}

function record(json: string): Record<string, unknown> {
  const value: unknown = JSON.parse(json)
  return typeof value === 'object' && value !== null ? { ...value } : {}
}

/**
 * What a link means, as Obsidian finds it: the path itself, then the shortest path that ends in it, without its extension
 * too; of equals, the one nearest to the note that links. Null where nothing has that name.
 */
export function resolveLink(
  documents: Pick<DocumentReadRepository, 'named'>,
  target: string,
  from: string
): string | null {
  const wanted = target.replace(/^\.?\//, '').toLowerCase()
  if (wanted === '') return null
  const folder = from.slice(0, from.lastIndexOf('/') + 1).toLowerCase()
  const fits = ({ path, isAlias }: { path: string; isAlias: boolean }): boolean => {
    if (isAlias) return !wanted.includes('/')
    const lower = path.toLowerCase()
    return fileNames(path).some((name) => {
      const whole = lower.slice(0, lower.length - lastPart(path).length) + name
      return whole === wanted || whole.endsWith(`/${wanted}`)
    })
  }
  const found = documents.named(lastPart(wanted)).filter(fits)
  const near = found.find(({ path, isAlias }) => !isAlias && path.toLowerCase().startsWith(folder))
  const exact = found.find(
    ({ path }) => path.toLowerCase() === wanted || path.toLowerCase() === `${wanted}.md`
  )
  return (exact ?? (wanted.includes('/') ? undefined : near) ?? found[0])?.path ?? null
}
