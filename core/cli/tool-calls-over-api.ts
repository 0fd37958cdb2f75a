import type { ToolCalls } from '../mcp/tool-calls.ts'
import type { HeldConnection } from './held-connection.ts'

/** Calls over stdio: whoever may start a command has no limits, and sees what was read in Activity. */
export function toolCallsOverApi(connection: HeldConnection): ToolCalls {
  return {
    async admit(signal) {
      signal.throwIfAborted()
    },
    async ended(call) {
      // what was read is answered all the same
      await connection
        .use((client) => client.invoke('POST /app/knowledge/tool-calls', { body: call }))
        .catch(() => undefined)
    }
  }
}
