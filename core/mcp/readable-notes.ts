import type { KnowledgeScope } from '../contract/knowledge.ts'
import { EVERYTHING, formatScope, readScope } from '../contract/knowledge-scopes.ts'
import { HomeportError } from '../errors/homeport-error.ts'
import { unknownSource } from './find-note.ts'
import { covers, type NotePlace, overlap } from './knowledge-scope.ts'
import type { NotesReader } from './notes-reader.ts'

/**
 * The notes that lie in these scopes, and nothing of the others: neither their text nor their names. Without any scope
 * there are no notes, and asking for some throws `not-allowed`. Texts that are no scope allow nothing.
 */
export function readableNotes(notes: NotesReader, scopeTexts: readonly string[]): NotesReader {
  const scopes = scopeTexts.flatMap((text) => readScope(text) ?? [])
  const mayRead = (place: NotePlace): boolean => scopes.some((scope) => covers(scope, place))
  const mayReadIn = (source: string): boolean =>
    scopes.some(({ sourceId }) => sourceId === null || sourceId === source)

  return {
    async sources() {
      const sources = await notes.sources()
      return sources.filter(({ id }) => mayReadIn(id))
    },
    async search(question, signal) {
      const wanted = (question.scopes.length === 0 ? [EVERYTHING] : question.scopes).map(wantedScope)
      if (scopes.length === 0) throw notAllowed()
      const known = (await notes.sources()).map(({ id }) => id).filter(mayReadIn)
      for (const { sourceId } of wanted)
        if (sourceId !== null && !known.includes(sourceId)) throw unknownSource(sourceId, known)
      const shared = wanted.flatMap((scope) => scopes.flatMap((allowed) => overlap(scope, allowed) ?? []))
      if (shared.length === 0) throw notAllowed()
      const asked = [...new Set(shared.map(formatScope))]
      const answer = await notes.search({ ...question, scopes: asked }, signal)
      return {
        ...answer,
        // two tags do not fit into one scope
        hits: answer.hits.filter(mayRead),
        problems: answer.problems.filter(({ sourceId }) => mayReadIn(sourceId))
      }
    },
    async note(source, path) {
      if (scopes.length === 0) throw notAllowed()
      const note = await notes.note(source, path)
      if (!mayRead(note)) throw new HomeportError('not-found', 'There is no such note.')
      // of a note that is only named here the tags are not known: it has to be readable without them
      const mayName = (named: { sourceId: string; path: string }): boolean => mayRead({ ...named, tags: [] })
      return {
        ...note,
        links: note.links.filter(mayName),
        backlinks: note.backlinks.filter(mayName),
        related: note.related.filter(({ path: near }) => mayName({ sourceId: source, path: near }))
      }
    },
    async files(source, query) {
      if (!mayReadIn(source)) return { files: [], next: null }
      const page = await notes.files(source, query)
      return {
        ...page,
        files: page.files.filter(({ path }) => mayRead({ sourceId: source, path, tags: [] }))
      }
    }
  }
}

function wantedScope(text: string): KnowledgeScope {
  const scope = readScope(text)
  if (scope) return scope
  throw new HomeportError('bad-request', `"${text.slice(0, 80)}" is no place to look in.`, {
    action: 'Write a source, source/Folder, source#tag or source/Folder#tag.'
  })
}

const notAllowed = (): HomeportError =>
  new HomeportError('not-allowed', 'These notes are not open to this program.', {
    action: 'The person can allow it in Homeport.'
  })
