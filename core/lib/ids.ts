import { randomUUID } from 'node:crypto'
import { v7 } from 'uuid'

/** A new UUIDv7 as text: sorts by time of creation. */
export const newId = (): string => v7(nextId())

/** What makes the next id differ from all others, and come after those of this process. */
function nextId() {
  const random = pooledRandom()
  const now = Date.now()
  if (now > last.msecs) {
    last.msecs = now
    // begins low enough to be counted up for the rest of the millisecond
    last.seq = random.subarray(6, 10).reduce((seq, byte) => (seq << 8) | byte, 0) & 0x7fffffff
  } else {
    last.seq = (last.seq + 1) | 0
    if (last.seq === 0) last.msecs++
  }
  return { random, msecs: last.msecs, seq: last.seq }
}

/** The time of the newest id, and its number within that millisecond, so that ids sort as they were made. */
const last = { msecs: Number.NEGATIVE_INFINITY, seq: 0 }

const pool = new Uint8Array(4096)
let taken = pool.length

/** 16 random bytes. Drawn in bulk: the way to the system's source costs more than the bytes. */
function pooledRandom(): Uint8Array {
  if (taken === pool.length) {
    crypto.getRandomValues(pool)
    taken = 0
  }
  taken += 16
  return pool.subarray(taken - 16, taken)
}

const bytes = Buffer.alloc(16)

/** A new trace id: a UUIDv7 as 32 hex digits, as W3C Trace Context writes them. */
export const newTraceId = (): string => v7(nextId(), bytes).toString('hex')

/** A new span id: 16 hex digits, 62 of their bits random. A UUID's tail: Node draws those from a pool, ten times faster. */
export function newSpanId(): string {
  const uuid = randomUUID()
  return uuid.slice(19, 23) + uuid.slice(24)
}
