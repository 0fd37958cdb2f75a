import type { ErrorCode } from '../contract/errors.ts'
import type { HomeportError } from './homeport-error.ts'
import { wholeMessage } from './whole-message.ts'

/** OpenAI's error object, as its API reference describes it. */
export interface OpenaiErrorBody {
  error: { message: string; type: string; param: string | null; code: string | null }
}

type Kind = [type: string, code: string | null]
const kindOf: Record<ErrorCode, Kind> = {
  'bad-request': ['invalid_request_error', null],
  'not-authenticated': ['invalid_request_error', 'invalid_api_key'],
  'not-allowed': ['invalid_request_error', 'permission_denied'],
  'not-found': ['invalid_request_error', 'not_found'],
  'method-not-allowed': ['invalid_request_error', 'method_not_supported'],
  conflict: ['invalid_request_error', 'conflict'],
  'port-taken': ['server_error', 'port_taken'],
  'newer-data': ['server_error', 'newer_data'],
  'folder-locked': ['server_error', 'folder_locked'],
  'too-large': ['invalid_request_error', 'request_too_large'],
  'unsupported-media-type': ['invalid_request_error', 'unsupported_media_type'],
  timeout: ['server_error', 'timeout'],
  'rate-limited': ['rate_limit_error', 'rate_limit_exceeded'],
  'upstream-failed': ['server_error', 'upstream_failed'],
  'upstream-unreachable': ['server_error', 'upstream_unreachable'],
  'engine-failed': ['server_error', 'engine_failed'],
  'model-broken': ['invalid_request_error', 'model_broken'],
  'context-overflow': ['invalid_request_error', 'context_length_exceeded'],
  'content-refused': ['invalid_request_error', 'content_policy_violation'],
  'budget-exceeded': ['insufficient_quota', 'insufficient_quota'],
  'gateway-paused': ['server_error', 'gateway_paused'],
  unavailable: ['server_error', 'unavailable'],
  internal: ['server_error', 'internal_error']
}

/**
 * The error body of OpenAI's dialect. An upstream that speaks the dialect is quoted in its own words. The action is part
 * of the message, since the dialect has no other place for it; so is the trace id where nothing else is known.
 */
export function openaiErrorBody(error: HomeportError, traceId: string | null): unknown {
  if (error.wire?.dialect === 'openai-chat') return quoted(error.wire.body)
  const [type, code] =
    error.code === 'not-found' && error.param === 'model' ? modelNotFound : kindOf[error.code]
  const body: OpenaiErrorBody = {
    error: { message: wholeMessage(error, traceId), type, param: error.param, code }
  }
  return body
}

const modelNotFound: Kind = ['invalid_request_error', 'model_not_found']

function quoted(body: unknown): unknown {
  return typeof body === 'object' && body !== null && 'error' in body ? body : { error: body }
}
