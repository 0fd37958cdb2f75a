import type { NotesReader } from '../mcp/notes-reader.ts'
import type { HeldConnection } from './held-connection.ts'

/** The person's notes as the control API gives them. */
export function notesOverApi(connection: HeldConnection): NotesReader {
  return {
    sources: () =>
      connection.use(async (client) => (await client.invoke('GET /app/knowledge/sources')).sources),
    search({ text, scopes, limit }, signal) {
      const query = { q: text, limit, ...(scopes.length === 0 ? {} : { in: scopes.join(',') }) }
      return connection.use((client) => client.invoke('GET /app/search', { query }, signal))
    },
    note: (source, path) =>
      connection.use((client) => client.invoke('GET /app/knowledge/note', { query: { source, path } })),
    files: (source, query) =>
      connection.use((client) =>
        client.invoke('GET /app/knowledge/sources/:id/files', { params: { id: source }, query })
      )
  }
}
