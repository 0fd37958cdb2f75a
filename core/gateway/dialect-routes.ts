import type { Model } from '../contract/models.ts'
import type { HomeportError } from '../errors/homeport-error.ts'
import type { Caller, Pipeline } from '../pipeline/context.ts'
import type { StoredResponses } from '../responses/responses.ts'
import type { Exchange } from './exchange.ts'
import type { OnDeviceModels } from './on-device-models.ts'
import type { McpEndpoint } from './routes/mcp.ts'

/** What the routes of every dialect ask of the rest of the program. */
export interface DialectParts {
  pipeline: Pipeline
  /** Resolves when it is the turn of one call of the key that asks no model. Throws `rate-limited`. */
  admit(signal: AbortSignal): Promise<void>
  /** Everything that can be named in a request's `model`. */
  models(): Model[]
  /** The models of this machine. */
  onDevice: OnDeviceModels
  /** Answers of the Responses API that clients refer back to. */
  responses: StoredResponses
  /** The person's notes, for clients of the Model Context Protocol. Absent: nothing answers them. */
  mcp?: McpEndpoint
  /** Largest body, in bytes. */
  bodyLimit: number
}

/** The addresses of one dialect. Credential, rate and pause were checked before; bodies were not read yet. */
export interface DialectRoutes {
  /** Every address as `METHOD /path`, for those who want to go through them all. */
  readonly addresses: readonly string[]
  /** Whether an address, known or not, belongs to this dialect: its errors are then written by it. */
  owns(path: string, headers: Readonly<NodeJS.Dict<string | string[]>>): boolean
  /** Answers a request. Throws `not-found` and `method-not-allowed` among others. */
  serve(exchange: Exchange, caller: Caller, parts: DialectParts): Promise<void>
  errorBody(error: HomeportError, traceId: string | null): unknown
}
