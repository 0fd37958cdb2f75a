import type { KeyLimits } from '../contract/access.ts'
import type { NotesServerParts } from './notes-server.ts'
import { onDeviceNotes } from './on-device-notes.ts'
import type { ToolCalls } from './tool-calls.ts'
import type { RecordToolCall, ToolCaller } from './tool-trace.ts'

export interface McpEndpointParts extends Omit<NotesServerParts, 'calls'> {
  /** Whether what this embedder is given stays on this machine. */
  staysHere(embedder: string): boolean
  record: RecordToolCall
}

/** A program that asks, by its key. */
export interface McpCaller extends ToolCaller, Pick<ToolCalls, 'admit'> {
  limits: KeyLimits
}

export interface McpEndpoint {
  /**
   * Answers one request of a program with what its key may read. `body` is its JSON; the request itself has none, and no
   * credential.
   */
  fetch(request: Request, body: unknown, caller: McpCaller): Promise<Response>
  /** Ends what is still being answered. */
  close(): Promise<void>
}

/** The person's notes for programs that speak the Model Context Protocol. It is loaded when the first of them asks. */
export function createMcpEndpoint({ staysHere, record, ...parts }: McpEndpointParts): McpEndpoint {
  const open = async () => {
    const { createHttpHandler } = await import('./http-handler.ts')
    const notes = onDeviceNotes(parts.notes, staysHere)
    return { anywhere: createHttpHandler(parts), onDevice: createHttpHandler({ ...parts, notes }) }
  }
  let opened: ReturnType<typeof open> | null = null
  return {
    async fetch(request, body, caller) {
      opened ??= open()
      const { anywhere, onDevice } = await opened
      const { knowledge = [], onDeviceOnly } = caller.limits
      const calls: ToolCalls = { admit: caller.admit, ended: (call) => record(call, caller) }
      return (onDeviceOnly ? onDevice : anywhere).fetch(request, body, knowledge, calls)
    },
    async close() {
      const handlers = await opened
      await Promise.all([handlers?.anywhere.close(), handlers?.onDevice.close()])
    }
  }
}
