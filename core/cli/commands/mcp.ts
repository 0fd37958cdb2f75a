import { EVERYTHING, readScope } from '../../contract/knowledge-scopes.ts'
import { silentLogger } from '../../lib/logger.ts'
import { dataDirOption, defineCommand } from '../command.ts'
import { holdConnection } from '../held-connection.ts'
import { onInterrupt } from '../interrupt.ts'
import { UsageError } from '../usage-error.ts'
import { readVersion } from '../version.ts'

export const mcpCommand = defineCommand({
  name: 'mcp',
  summary: 'let a program read your notes, over stdin and stdout',
  args: [],
  options: {
    in: {
      type: 'string',
      multiple: true,
      value: 'SCOPE',
      help: 'only these notes: vault, vault/Projects, vault#tag (default: all)'
    },
    ...dataDirOption
  },
  examples: ['homeport mcp', 'homeport mcp --in vault/Projects', 'claude mcp add homeport -- homeport mcp'],
  async run({ values, host }) {
    const scopes = values.in ?? [EVERYTHING]
    const unread = scopes.find((text) => readScope(text) === null)
    if (unread !== undefined)
      throw new UsageError(`--in takes a source, source/Folder or source#tag, not "${unread}".`)
    const { serveNotesOverStdio } = await import('../../mcp/serve-stdio.ts')
    const { readableNotes } = await import('../../mcp/readable-notes.ts')
    const { notesOverApi } = await import('../notes-over-api.ts')
    const { toolCallsOverApi } = await import('../tool-calls-over-api.ts')
    const connection = holdConnection(values, host)
    const stopped = new AbortController()
    const unsubscribe = onInterrupt(() => stopped.abort())
    try {
      const notes = readableNotes(notesOverApi(connection), scopes)
      // whoever reads stdout expects nothing but the protocol
      const parts = {
        notes,
        calls: toolCallsOverApi(connection),
        version: readVersion(),
        logger: silentLogger
      }
      await serveNotesOverStdio(parts, host, stopped.signal)
      return 0
    } finally {
      unsubscribe()
      await connection.close()
    }
  }
})
