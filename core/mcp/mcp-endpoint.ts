import type { KeyLimits } from '../contract/access.ts'
import type { NotesServerParts } from './notes-server.ts'
import { onDeviceNotes } from './on-device-notes.ts'

export interface McpEndpointParts extends NotesServerParts {
  /** Whether what this embedder is given stays on this machine. */
  staysHere(embedder: string): boolean
}

export interface McpEndpoint {
  /**
   * Answers one request of a program with what its key may read. `body` is its JSON; the request itself has none, and no
   * credential.
   */
  fetch(request: Request, body: unknown, limits: KeyLimits): Promise<Response>
  /** Ends what is still being answered. */
  close(): Promise<void>
}

/** The person's notes for programs that speak the Model Context Protocol. It is loaded when the first of them asks. */
export function createMcpEndpoint({ staysHere, ...parts }: McpEndpointParts): McpEndpoint {
  const open = async () => {
    const { createHttpHandler } = await import('./http-handler.ts')
    const notes = onDeviceNotes(parts.notes, staysHere)
    return { anywhere: createHttpHandler(parts), onDevice: createHttpHandler({ ...parts, notes }) }
  }
  let opened: ReturnType<typeof open> | null = null
  return {
    async fetch(request, body, { knowledge = [], onDeviceOnly }) {
      opened ??= open()
      const { anywhere, onDevice } = await opened
      const handler = onDeviceOnly ? onDevice : anywhere
      // the credential and whose it is stay in the gateway
      const authInfo = { token: '', clientId: '', scopes: knowledge }
      return handler.fetch(request, { parsedBody: body, authInfo })
    },
    async close() {
      const handlers = await opened
      await Promise.all([handlers?.anywhere.close(), handlers?.onDevice.close()])
    }
  }
}
