import type { IncomingHttpHeaders } from 'node:http'
import type { KeyLimits } from '../contract/access.ts'

/** Who makes a request, as far as its credential tells. */
export type Principal =
  | { kind: 'app-key'; id: string; name: string; limits: KeyLimits; isPaused: boolean }
  /** A window, by its session token. */
  | { kind: 'session' }
  /** A command, by the token in `daemon.json`. */
  | { kind: 'control' }

const keyHeaders = ['x-api-key', 'api-key', 'x-goog-api-key'] as const

/**
 * The one credential of a request, whichever header its client uses; null when there is none, or when headers
 * contradict each other. Never looks at the URL or at cookies.
 */
export function readCredential(headers: IncomingHttpHeaders): string | null {
  let credential: string | null = null
  if (headers.authorization !== undefined) {
    credential = bearerToken(headers.authorization)
    if (credential === null) return null
  }
  for (const name of keyHeaders) {
    const value = headers[name]
    if (value === undefined) continue
    if (typeof value !== 'string' || (credential !== null && credential !== value)) return null
    credential = value
  }
  return credential === '' ? null : credential
}

function bearerToken(header: string): string | null {
  if (header.slice(0, 7).toLowerCase() !== 'bearer ') return null
  return header.slice(7).trim()
}
