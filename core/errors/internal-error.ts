import { HomeportError } from './homeport-error.ts'

/**
 * The error to answer with: a HomeportError as it is, anything else as one constant, because its message may hold a
 * key, a prompt or a path.
 */
export function asHomeportError(error: unknown): HomeportError {
  if (error instanceof HomeportError) return error
  return new HomeportError('internal', 'Something went wrong inside Homeport.', { cause: error })
}
