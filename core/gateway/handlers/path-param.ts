import { HomeportError } from '../../errors/homeport-error.ts'

/** A `:name` part of the route's path. The dispatcher fills it; a call from inside may have forgotten it. */
export function pathParam(params: Readonly<Record<string, string>>, name: string): string {
  const value = params[name]
  if (value === undefined || value === '')
    throw new HomeportError('bad-request', `The path needs a value for "${name}".`)
  return value
}
