import type { SqlParam } from './sql.ts'
import type { Statement } from './store.ts'
import type { NumberedStatement, PostedCall, WriteCall } from './writer-messages.ts'

/** Smaller values are cheaper to clone. */
const LARGE_BYTES = 16 * 1024

/** Calls as they can be posted to another thread, with the texts that are new to it. */
export interface Posted {
  texts: string[]
  calls: PostedCall[]
  transfer: ArrayBuffer[]
}

/**
 * Makes calls fit to be posted to one worker. Large bytes are copied once and handed over: a structured clone would copy
 * them three times, and the originals may still be on their way elsewhere. Of small ones nothing is posted but themselves:
 * a clone takes along all that they are a part of, such as the pool of all small Buffers. `numbers` holds the texts that
 * the worker knows; it is added to.
 */
export function toPosted(calls: readonly WriteCall[], numbers: Map<string, number>): Posted {
  const texts: string[] = []
  const transfer: ArrayBuffer[] = []

  const number = (sql: string): number => {
    let known = numbers.get(sql)
    if (known === undefined) {
      known = numbers.size
      numbers.set(sql, known)
      texts.push(sql)
    }
    return known
  }
  const bytes = (value: Uint8Array): Uint8Array => {
    const isLarge = value.byteLength >= LARGE_BYTES
    if (!isLarge && value.byteLength === value.buffer.byteLength) return value
    const copy = new Uint8Array(value)
    if (isLarge) transfer.push(copy.buffer)
    return copy
  }
  const param = (value: SqlParam): SqlParam => {
    if (typeof value !== 'object' || value === null) return value
    if (value instanceof Uint8Array) return bytes(value)
    return typeof value.zstd === 'string' ? value : { zstd: bytes(value.zstd) }
  }
  const statement = ({ sql, params, otherwise }: Statement): NumberedStatement => ({
    sql: number(sql),
    ...(params && { params: params.map(param) }),
    ...(otherwise && { otherwise: statement(otherwise) })
  })
  const posted = calls.map(({ id, database, statements }) => ({
    id,
    database,
    statements: statements.map(statement)
  }))
  return { texts, calls: posted, transfer }
}
