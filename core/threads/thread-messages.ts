import type { ErrorCode } from '../contract/errors.ts'
import { HomeportError } from '../errors/homeport-error.ts'

export type ToThread =
  | { type: 'call'; id: number; name: PropertyKey; args: unknown[] }
  /** Nobody waits for its answer any more. */
  | { type: 'cancel'; id: number }
  | { type: 'note'; note: unknown }
  | { type: 'close' }

export type FromThread =
  | { type: 'answer'; id: number; value: unknown }
  | { type: 'failed'; id: number; error: CarriedError }
  | { type: 'note'; note: unknown }

/** Errors lose their class between threads, so they are taken apart. */
export interface CarriedError {
  /** Null: not one of ours. */
  code: ErrorCode | null
  message: string
  action: string | null
  param: string | null
  retryable: boolean
}

export function takeApart(error: unknown): CarriedError {
  if (!(error instanceof HomeportError)) {
    const message = error instanceof Error ? error.message : String(error)
    return { code: null, message, action: null, param: null, retryable: false }
  }
  const { code, message, action, param, retryable } = error
  return { code, message, action, param, retryable }
}

/** The same error on this side; what was not ours is the cause of one that says what `failed`. */
export function putTogether(
  { code, message, action, param, retryable }: CarriedError,
  failed: string
): HomeportError {
  if (code === null) return new HomeportError('internal', failed, { cause: message })
  return new HomeportError(code, message, {
    retryable,
    ...(action === null ? {} : { action }),
    ...(param === null ? {} : { param })
  })
}
