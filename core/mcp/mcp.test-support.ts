import { hitOf } from '../contract/knowledge.test-support.ts'
import { BUILT_IN_EMBEDDER, type Note, type SearchHit } from '../contract/knowledge.ts'
import { HomeportError } from '../errors/homeport-error.ts'
import type { NotesQuestion, NotesReader } from './notes-reader.ts'
import type { ToolCalls } from './tool-calls.ts'

/** Calls that wait for nobody and are not kept. */
export const noCalls: ToolCalls = { async admit() {}, ended() {} }

export const changedAt = Date.UTC(2026, 4, 17)

export function smallNote(sourceId: string, path: string, more: Partial<Note> = {}): Note {
  const title = path.slice(path.lastIndexOf('/') + 1).replace(/\.md$/, '')
  return {
    sourceId,
    path,
    kind: 'markdown',
    title,
    aliases: [],
    tags: [],
    properties: {},
    headings: [],
    text: `# ${title}\n`,
    truncated: false,
    modifiedAt: changedAt,
    bytes: 100,
    obsidianUrl: `obsidian://open?vault=${sourceId}&file=${encodeURIComponent(path)}`,
    backlinks: [],
    links: [],
    unresolved: [],
    related: [],
    ...more
  }
}

export const smallHit = ({ sourceId, path, kind, title, tags, text, obsidianUrl }: Note): SearchHit =>
  hitOf({ sourceId, path, kind, title, tags, text, obsidianUrl, headings: ['Method'], modifiedAt: changedAt })

/** Notes in memory. A search finds those whose text holds the question, whatever its scopes, which are kept in `asked`. */
export function smallNotes(
  list: readonly Note[],
  search: NotesReader['search'] = async () => {
    throw new Error('not asked')
  }
) {
  const asked: NotesQuestion[] = []
  const sources = [...new Set(list.map(({ sourceId }) => sourceId))].map((id) => ({
    id,
    embedder: id === 'far' ? 'acme/embed' : BUILT_IN_EMBEDDER
  }))
  const notes: NotesReader = {
    sources: () => sources,
    async search(question, signal) {
      asked.push(question)
      if (question.text === 'ask the other') return search(question, signal)
      const hits = list.filter(({ text }) => text.includes(question.text)).map(smallHit)
      return {
        hits: hits.slice(0, question.limit),
        belowFloor: hits.length === 0,
        problems: []
      }
    },
    async note(source, path) {
      const note = list.find((one) => one.sourceId === source && one.path === path)
      if (!note) throw new HomeportError('not-found', 'No such note.')
      return note
    },
    async files(source, { search: part = '', after = '', limit }) {
      const files = list
        .filter(({ sourceId, path }) => sourceId === source && path.includes(part) && path > after)
        .sort((one, other) => (one.path < other.path ? -1 : 1))
      return { files: files.slice(0, limit), next: files[limit] ? (files[limit - 1]?.path ?? null) : null }
    }
  }
  return { notes, asked }
}
