import type { ErrorCode } from '../contract/errors.ts'
import type { HomeportError } from './homeport-error.ts'
import { wholeMessage } from './whole-message.ts'

/** Anthropic's error object, see https://platform.claude.com/docs/en/api/errors */
export interface AnthropicErrorBody {
  type: 'error'
  error: { type: string; message: string }
  request_id: string | null
}

const typeOf: Record<ErrorCode, string> = {
  'bad-request': 'invalid_request_error',
  'not-authenticated': 'authentication_error',
  'not-allowed': 'permission_error',
  'not-found': 'not_found_error',
  'method-not-allowed': 'invalid_request_error',
  conflict: 'invalid_request_error',
  'port-taken': 'api_error',
  'newer-data': 'api_error',
  'folder-locked': 'api_error',
  'too-large': 'request_too_large',
  'unsupported-media-type': 'invalid_request_error',
  timeout: 'timeout_error',
  'rate-limited': 'rate_limit_error',
  'upstream-failed': 'api_error',
  'upstream-unreachable': 'api_error',
  'engine-failed': 'api_error',
  'model-broken': 'invalid_request_error',
  'budget-exceeded': 'billing_error',
  'gateway-paused': 'overloaded_error',
  unavailable: 'overloaded_error',
  'context-overflow': 'invalid_request_error',
  'content-refused': 'invalid_request_error',
  internal: 'api_error'
}

/**
 * The error body of Anthropic's dialect. An upstream that speaks the dialect is quoted in its own words, with its own
 * request id. What the person can do is part of the message, and the parameter's name stands in it already.
 */
export function anthropicErrorBody(error: HomeportError, traceId: string | null): unknown {
  if (error.wire?.dialect === 'anthropic-messages' && isErrorBody(error.wire.body)) return error.wire.body
  const body: AnthropicErrorBody = {
    type: 'error',
    error: { type: typeOf[error.code], message: wholeMessage(error) },
    request_id: traceId
  }
  return body
}

/** Whether an upstream that speaks the dialect answered in it: what stands before it may not. */
function isErrorBody(body: unknown): boolean {
  return (
    typeof body === 'object' &&
    body !== null &&
    'type' in body &&
    body.type === 'error' &&
    'error' in body &&
    typeof body.error === 'object'
  )
}
