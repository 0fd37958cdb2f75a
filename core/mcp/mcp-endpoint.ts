import type { HttpHandlerParts } from './http-handler.ts'

export interface McpEndpoint {
  /** Answers one request of a program. `body` is its JSON; the request itself has none, and no credential. */
  fetch(request: Request, body: unknown, keyId: string): Promise<Response>
  /** Ends what is still being answered. */
  close(): Promise<void>
}

/** The person's notes for programs that speak the Model Context Protocol. It is loaded when the first of them asks. */
export function createMcpEndpoint(parts: HttpHandlerParts): McpEndpoint {
  const open = async () => (await import('./http-handler.ts')).createHttpHandler(parts)
  let opened: ReturnType<typeof open> | null = null
  return {
    async fetch(request, body, keyId) {
      opened ??= open()
      const handler = await opened
      // the credential itself stays in the gateway
      const authInfo = { token: '', clientId: keyId, scopes: [] }
      return handler.fetch(request, { parsedBody: body, authInfo })
    },
    async close() {
      await (await opened)?.close()
    }
  }
}
