import { createMcpHandler, type McpHttpHandler } from '@modelcontextprotocol/server'
import { createNotesServer, type NotesServerParts } from './notes-server.ts'
import { readableNotes } from './readable-notes.ts'

export interface HttpHandlerParts extends NotesServerParts {
  /** Scopes of the notes that a program may read, by the id of its key. None: it may read nothing. */
  readableScopes(keyId: string): readonly string[]
}

/**
 * The Model Context Protocol over HTTP, of the revisions of 2026 and of 2025. Neither needs a session here: every request
 * stands for itself, with its own key, so that a key that is revoked ends all that it had.
 */
export function createHttpHandler({ readableScopes, notes, ...parts }: HttpHandlerParts): McpHttpHandler {
  return createMcpHandler(
    ({ authInfo }) => {
      const scopes = authInfo === undefined ? [] : readableScopes(authInfo.clientId)
      return createNotesServer({ ...parts, notes: readableNotes(notes, scopes) })
    },
    {
      onerror: ({ name }) =>
        parts.logger.debug({ name }, 'A request of the Model Context Protocol was refused.')
    }
  )
}
