import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Principal } from './credential.ts'

/** One request that has been let in, and where its answer goes. */
export interface Exchange {
  readonly req: IncomingMessage
  readonly res: ServerResponse
  /** The request's path without its query, as sent. */
  readonly path: string
  /** What follows the `?`; empty when nothing does. */
  readonly query: string
  readonly principal: Principal
}
