export interface AppRequestErrorOptions {
  code?: string
  status?: number
  action?: string | null
  traceId?: string | null
}

/** A call to the daemon that did not succeed. `message` can be shown to the person, `action` says what they can do. */
export class AppRequestError extends Error {
  readonly code: string
  readonly status: number
  readonly action: string | null
  readonly traceId: string | null

  constructor(message: string, options: AppRequestErrorOptions = {}) {
    super(message)
    this.name = 'AppRequestError'
    this.code = options.code ?? 'internal'
    this.status = options.status ?? 0
    this.action = options.action ?? null
    this.traceId = options.traceId ?? null
  }
}

/** Any thrown thing as words for the person. */
export function describeError(thrown: unknown): { message: string; action: string | null } {
  if (thrown instanceof AppRequestError) return { message: thrown.message, action: thrown.action }
  return { message: 'Something went wrong in this window.', action: 'Reload it and try again.' }
}

/** One sentence or two, for places with a single line. */
export function errorText(thrown: unknown): string {
  const { message, action } = describeError(thrown)
  return action ? `${message} ${action}` : message
}

/** Does it and resolves with null, or with what went wrong in words for the person. */
export async function attempt(action: () => Promise<unknown>): Promise<string | null> {
  try {
    await action()
    return null
  } catch (thrown) {
    return errorText(thrown)
  }
}
