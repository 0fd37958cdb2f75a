import type { Note } from '../contract/knowledge.ts'
import { HomeportError } from '../errors/homeport-error.ts'
import type { NotesReader } from './notes-reader.ts'

const suggestionCount = 5

export interface WantedNote {
  source?: string | undefined
  path: string
}

/**
 * The note that is meant: `.md` may be left out, and the source where only one has such a note. Throws `not-found` with
 * what there is instead, and `bad-request` where several sources have it.
 */
export async function findNote(notes: NotesReader, { source, path }: WantedNote): Promise<Note> {
  const wanted = path.replace(/^\/+/, '').normalize('NFC')
  const known = (await notes.sources()).map(({ id }) => id)
  if (known.length === 0) throw noSources()
  if (source !== undefined && !known.includes(source)) throw unknownSource(source, known)
  const asked = source === undefined ? known : [source]

  const found = (await Promise.all(asked.map((id) => noteOf(notes, id, wanted)))).filter(
    (note) => note !== null
  )
  const [note, another] = found
  if (note === undefined) throw unknownNote(wanted, await similarPaths(notes, asked, wanted))
  if (another !== undefined) {
    const ids = found.map(({ sourceId }) => sourceId).join(', ')
    throw new HomeportError('bad-request', `Several sources have a note "${wanted}": ${ids}.`, {
      action: 'Name one as "source".'
    })
  }
  return note
}

async function noteOf(notes: NotesReader, source: string, path: string): Promise<Note | null> {
  for (const candidate of [path, `${path}.md`]) {
    try {
      return await notes.note(source, candidate)
    } catch (error) {
      if (!(error instanceof HomeportError && error.code === 'not-found')) throw error
    }
  }
  return null
}

async function similarPaths(notes: NotesReader, sources: readonly string[], path: string): Promise<string[]> {
  const name = path.slice(path.lastIndexOf('/') + 1).replace(/\.md$/i, '')
  if (name === '') return []
  const pages = await Promise.all(
    sources.map((id) => notes.files(id, { status: 'indexed', search: name, limit: suggestionCount }))
  )
  return pages.flatMap(({ files }) => files.map((file) => file.path)).slice(0, suggestionCount)
}

const noSources = (): HomeportError =>
  new HomeportError('not-found', 'There are no notes that are open to this program.', {
    action: 'The person can add some, or allow it to read them, in Homeport.'
  })

/** `known` are those that can be read. */
export function unknownSource(source: string, known: readonly string[]): HomeportError {
  return new HomeportError('not-found', `There is no source "${source}".`, {
    action: known.length === 0 ? 'There are none to read.' : `There are: ${known.join(', ')}.`
  })
}

function unknownNote(path: string, similar: readonly string[]): HomeportError {
  return new HomeportError('not-found', `There is no note "${path}".`, {
    action: similar.length === 0 ? 'Find its path with search_notes.' : `There are: ${similar.join(', ')}.`
  })
}
