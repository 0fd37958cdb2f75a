import { type AuthInfo, createMcpHandler, type McpHttpHandler } from '@modelcontextprotocol/server'
import { createNotesServer, type NotesServerParts } from './notes-server.ts'
import { readableNotes } from './readable-notes.ts'
import type { ToolCalls } from './tool-calls.ts'

export interface HttpHandler extends Pick<McpHttpHandler, 'close'> {
  /** Answers one request of a program that may read these scopes. */
  fetch(request: Request, body: unknown, scopes: string[], calls: ToolCalls): Promise<Response>
}

/**
 * The Model Context Protocol over HTTP, of the revisions of 2026 and of 2025. Neither needs a session here: every request
 * stands for itself, with what its own key may read, so that a key that is revoked ends all it had.
 */
export function createHttpHandler({ notes, ...parts }: Omit<NotesServerParts, 'calls'>): HttpHandler {
  // the SDK hands on who asks and nothing else
  const callsOf = new WeakMap<AuthInfo, ToolCalls>()
  const handler = createMcpHandler(
    ({ authInfo }) => {
      const calls = authInfo && callsOf.get(authInfo)
      if (!calls) throw new Error('a request came without its caller')
      return createNotesServer({ ...parts, calls, notes: readableNotes(notes, authInfo.scopes) })
    },
    {
      onerror: ({ name }) =>
        parts.logger.debug({ name }, 'A request of the Model Context Protocol was refused.')
    }
  )
  return {
    fetch(request, body, scopes, calls) {
      // the credential and whose it is stay in the gateway
      const authInfo = { token: '', clientId: '', scopes }
      callsOf.set(authInfo, calls)
      return handler.fetch(request, { parsedBody: body, authInfo })
    },
    close: () => handler.close()
  }
}
