import { EVERYTHING, readScope } from '../contract/knowledge-scopes.ts'
import type { NotesReader } from './notes-reader.ts'

/**
 * The notes for a program whose requests stay on this machine: a source that has its questions embedded elsewhere is not
 * searched, and the answer says so. `staysHere`: whether what this embedder is given stays on this machine.
 */
export function onDeviceNotes(notes: NotesReader, staysHere: (embedder: string) => boolean): NotesReader {
  return {
    ...notes,
    async search(question, signal) {
      const sources = await notes.sources()
      const elsewhere = sources.filter(({ embedder }) => !staysHere(embedder)).map(({ id }) => id)
      if (elsewhere.length === 0) return notes.search(question, signal)

      const isAll = question.scopes.length === 0 || question.scopes.includes(EVERYTHING)
      const named = isAll ? sources.map(({ id }) => id) : question.scopes
      const sourceOf = (scope: string): string => readScope(scope)?.sourceId ?? ''
      const scopes = named.filter((scope) => !elsewhere.includes(sourceOf(scope)))
      const problems = elsewhere
        .filter((id) => named.some((scope) => sourceOf(scope) === id))
        .map((sourceId) => ({
          sourceId,
          message: 'It was left out: questions to it are embedded elsewhere.'
        }))
      if (scopes.length === 0) return { hits: [], belowFloor: false, problems }
      const answer = await notes.search({ ...question, scopes }, signal)
      return { ...answer, problems: [...answer.problems, ...problems] }
    }
  }
}
