import { once } from 'node:events'
import type { Readable, Writable } from 'node:stream'
import { StdioServerTransport, serveStdio } from '@modelcontextprotocol/server/stdio'
import { createNotesServer, type NotesServerParts } from './notes-server.ts'

/** Speaks the Model Context Protocol over two streams until the client closes its end, or the signal aborts. */
export async function serveNotesOverStdio(
  parts: NotesServerParts,
  { stdin, stdout }: { stdin: Readable; stdout: Writable },
  signal: AbortSignal
): Promise<void> {
  const ended = Promise.race([
    once(stdin, 'end', { signal }),
    once(stdin, 'close', { signal }),
    once(stdout, 'close', { signal })
  ]).catch((error: unknown) => {
    if (!signal.aborted) throw error
  })
  const served = serveStdio(() => createNotesServer(parts), {
    transport: new StdioServerTransport(stdin, stdout),
    onerror: ({ name }) => parts.logger.debug({ name }, 'A message of the client was refused.')
  })
  await ended
  await served.close()
}
