import type { ErrorCode } from '../contract/errors.ts'
import type { HomeportError } from './homeport-error.ts'
import { wholeMessage } from './whole-message.ts'

/** Google's error object, see https://cloud.google.com/apis/design/errors */
export interface GoogleErrorBody {
  error: { code: number; message: string; status: string; details?: Record<string, unknown>[] }
}

/** Names of `google.rpc.Code`. */
const statusOf: Record<ErrorCode, string> = {
  'bad-request': 'INVALID_ARGUMENT',
  'not-authenticated': 'UNAUTHENTICATED',
  'not-allowed': 'PERMISSION_DENIED',
  'not-found': 'NOT_FOUND',
  'method-not-allowed': 'UNIMPLEMENTED',
  conflict: 'ABORTED',
  'port-taken': 'INTERNAL',
  'newer-data': 'INTERNAL',
  'folder-locked': 'INTERNAL',
  'too-large': 'INVALID_ARGUMENT',
  'unsupported-media-type': 'INVALID_ARGUMENT',
  timeout: 'DEADLINE_EXCEEDED',
  'rate-limited': 'RESOURCE_EXHAUSTED',
  'upstream-failed': 'UNAVAILABLE',
  'upstream-unreachable': 'UNAVAILABLE',
  'engine-failed': 'INTERNAL',
  'model-broken': 'FAILED_PRECONDITION',
  'context-overflow': 'INVALID_ARGUMENT',
  'content-refused': 'INVALID_ARGUMENT',
  'budget-exceeded': 'RESOURCE_EXHAUSTED',
  'gateway-paused': 'UNAVAILABLE',
  unavailable: 'UNAVAILABLE',
  internal: 'INTERNAL'
}

/**
 * The error body of Google's dialect. An upstream that speaks the dialect is quoted in its own words. What the person can
 * do is part of the message; which parameter is wrong, when to come back and the trace's id are details, as Google has them.
 */
export function googleErrorBody(error: HomeportError, traceId: string | null): unknown {
  if (error.wire?.dialect === 'google-generate') return error.wire.body
  const details = detailsOf(error, traceId)
  const body: GoogleErrorBody = {
    error: {
      code: error.status,
      message: messageOf(error),
      status: statusOf[error.code],
      ...(details.length > 0 && { details })
    }
  }
  return body
}

/** The place where Google's own examples put the key is not read here. */
const whereKeysAreRead =
  'Google clients send the key in the header x-goog-api-key; one in the address (?key=) is not read.'

function messageOf(error: HomeportError): string {
  const message = wholeMessage(error)
  return error.code === 'not-authenticated' ? `${message} ${whereKeysAreRead}` : message
}

const rpcType = (name: string) => `type.googleapis.com/google.rpc.${name}`

function detailsOf({ param, message, retryAfterSeconds }: HomeportError, traceId: string | null) {
  const details: Record<string, unknown>[] = []
  if (param !== null) {
    details.push({
      '@type': rpcType('BadRequest'),
      fieldViolations: [{ field: param, description: message }]
    })
  }
  if (retryAfterSeconds !== null) {
    details.push({ '@type': rpcType('RetryInfo'), retryDelay: `${Math.ceil(retryAfterSeconds)}s` })
  }
  if (traceId !== null) details.push({ '@type': rpcType('RequestInfo'), requestId: traceId })
  return details
}
