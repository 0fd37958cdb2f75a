import { hash } from 'node:crypto'
import { canonicalJson } from '../lib/canonical-json.ts'

/** All that an answer depends on. */
export interface CacheKeyParts {
  /** Answers are never shared between programs. */
  appKeyId: string
  dialect: string
  /** Whom the model's name stands for. */
  targets: readonly string[]
  /** Headers that an upstream gets to see. */
  headers: Readonly<Record<string, string>>
  body: Readonly<Record<string, unknown>>
}

/** Whom to ask is said by the targets; a stream and a plain answer say the same. */
const leftOut: ReadonlySet<string> = new Set(['model', 'stream', 'stream_options'])

/** The same for requests that differ in nothing but the order of names in objects, white space and streaming. */
export function cacheKey({ appKeyId, dialect, targets, headers, body }: CacheKeyParts): string {
  const request = Object.fromEntries(Object.entries(body).filter(([name]) => !leftOut.has(name)))
  return hash('sha256', canonicalJson([appKeyId, dialect, targets, headers, request]), 'hex')
}
