import { randomUUID } from 'node:crypto'
import { v7 } from 'uuid'

/** A new UUIDv7 as text: sorts by time of creation. */
export const newId = (): string => v7()

/** A new trace id: a UUIDv7 as 32 hex digits, as W3C Trace Context writes them. */
export const newTraceId = (): string => v7().replaceAll('-', '')

/** A new span id: 16 hex digits, 62 of their bits random. A UUID's tail: Node draws those from a pool, ten times faster. */
export function newSpanId(): string {
  const uuid = randomUUID()
  return uuid.slice(19, 23) + uuid.slice(24)
}
