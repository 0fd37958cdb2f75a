import { createMcpHandler, type McpHttpHandler } from '@modelcontextprotocol/server'
import { createNotesServer, type NotesServerParts } from './notes-server.ts'
import { readableNotes } from './readable-notes.ts'

/**
 * The Model Context Protocol over HTTP, of the revisions of 2026 and of 2025. Neither needs a session here: every request
 * stands for itself, with what its own key may read in `authInfo.scopes`, so that a key that is revoked ends all it had.
 */
export function createHttpHandler({ notes, ...parts }: NotesServerParts): McpHttpHandler {
  return createMcpHandler(
    ({ authInfo }) => createNotesServer({ ...parts, notes: readableNotes(notes, authInfo?.scopes ?? []) }),
    {
      onerror: ({ name }) =>
        parts.logger.debug({ name }, 'A request of the Model Context Protocol was refused.')
    }
  )
}
