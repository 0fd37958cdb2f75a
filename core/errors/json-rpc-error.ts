import type { ErrorCode } from '../contract/errors.ts'
import type { HomeportError } from './homeport-error.ts'
import { wholeMessage } from './whole-message.ts'

/** https://www.jsonrpc.org/specification#error_object; what it does not name lies from -32000 down. */
const codeOf: Partial<Record<ErrorCode, number>> = {
  'bad-request': -32_600,
  internal: -32_603
}
const OTHER = -32_000

/** The error of a JSON-RPC 2.0 answer to a request whose id was not read. */
export function jsonRpcErrorBody(error: HomeportError, traceId: string | null): unknown {
  return {
    jsonrpc: '2.0',
    id: null,
    error: { code: codeOf[error.code] ?? OTHER, message: wholeMessage(error, traceId) }
  }
}
