import type { AppErrorBody } from '../contract/errors.ts'
import type { HomeportError } from './homeport-error.ts'

/** The error body of `/app/*`. */
export function appErrorBody(error: HomeportError, traceId: string | null): AppErrorBody {
  return { error: { code: error.code, message: error.message, action: error.action, traceId } }
}
