import type { SqlParam } from './sql.ts'
import type { Statement } from './store.ts'
import type { WriteCall } from './writer-messages.ts'

/** Smaller values are cheaper to clone. */
const LARGE_BYTES = 16 * 1024

/**
 * The calls as they can be posted to another thread. Large bytes are copied once and handed over: a structured clone would
 * copy them three times, and the originals may still be on their way elsewhere. Of small ones nothing is posted but
 * themselves: a clone takes along all that they are a part of, such as the pool of all small Buffers.
 */
export function toTransferable(calls: readonly WriteCall[]): {
  calls: WriteCall[]
  transfer: ArrayBuffer[]
} {
  const transfer: ArrayBuffer[] = []

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
  const statement = ({ sql, params, otherwise }: Statement): Statement => ({
    sql,
    ...(params && { params: params.map(param) }),
    ...(otherwise && { otherwise: statement(otherwise) })
  })
  return { calls: calls.map((call) => ({ ...call, statements: call.statements.map(statement) })), transfer }
}
