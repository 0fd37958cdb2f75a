import type { SqlParam } from './sql.ts'
import { databaseNames, type Statement } from './store.ts'
import type { WriteCall } from './writer-messages.ts'

/** Smaller values are cheaper to clone. */
const LARGE_BYTES = 16 * 1024

/**
 * Calls in flat lists: a structured clone takes three times as long for the objects that they are, which is as much as
 * SQLite takes for them.
 */
export interface PostedCalls {
  /** Those that no call before these had. Each is posted once and has a number from then on. */
  texts: string[]
  /**
   * Of each call its id, the number of its database and how many statements it has; of each statement the number of its
   * text, how many values it binds, and 1 where another one follows that runs in its place.
   */
  shape: number[]
  /** What the statements bind, one after the other. */
  params: SqlParam[]
}

/**
 * Makes calls fit to be posted to one worker. Large bytes are copied once and handed over: a structured clone would copy
 * them three times, and the originals may still be on their way elsewhere. Of small ones nothing is posted but themselves:
 * a clone takes along all that they are a part of, such as the pool of all small Buffers. `numbers` holds the texts that
 * the worker knows; it is added to.
 */
export function packCalls(
  calls: readonly WriteCall[],
  numbers: Map<string, number>
): PostedCalls & { transfer: ArrayBuffer[] } {
  const texts: string[] = []
  const shape: number[] = []
  const params: SqlParam[] = []
  const transfer: ArrayBuffer[] = []

  const numberOf = (sql: string): number => {
    let known = numbers.get(sql)
    if (known === undefined) {
      known = numbers.size
      numbers.set(sql, known)
      texts.push(sql)
    }
    return known
  }
  const packBytes = (value: Uint8Array): Uint8Array => {
    const isLarge = value.byteLength >= LARGE_BYTES
    if (!isLarge && value.byteLength === value.buffer.byteLength) return value
    const copy = new Uint8Array(value)
    if (isLarge) transfer.push(copy.buffer)
    return copy
  }
  const packParam = (value: SqlParam): SqlParam => {
    if (typeof value !== 'object' || value === null) return value
    if (value instanceof Uint8Array) return packBytes(value)
    return typeof value.zstd === 'string' ? value : { zstd: packBytes(value.zstd) }
  }
  const packStatement = ({ sql, params: bound = [], otherwise }: Statement): void => {
    shape.push(numberOf(sql), bound.length, otherwise ? 1 : 0)
    for (const value of bound) params.push(packParam(value))
    if (otherwise) packStatement(otherwise)
  }
  for (const { id, database, statements } of calls) {
    shape.push(id, databaseNames.indexOf(database), statements.length)
    for (const statement of statements) packStatement(statement)
  }
  return { texts, shape, params, transfer }
}

/** The calls again. `texts` are all that have been posted, these calls' own among them. */
export function unpackCalls({ shape, params }: PostedCalls, texts: readonly string[]): WriteCall[] {
  let atShape = 0
  let atParam = 0
  const nextNumber = (): number => shape[atShape++] ?? Number.NaN
  const nextStatement = (): Statement => {
    const sql = texts[nextNumber()]
    if (sql === undefined) throw new Error('A statement was never posted')
    const end = atParam + nextNumber()
    const bound = params.slice(atParam, end)
    atParam = end
    return nextNumber() === 1 ? { sql, params: bound, otherwise: nextStatement() } : { sql, params: bound }
  }
  const calls: WriteCall[] = []
  while (atShape < shape.length) {
    const id = nextNumber()
    const database = databaseNames[nextNumber()]
    if (database === undefined) throw new Error('A database was never named')
    const statements = Array.from({ length: nextNumber() }, nextStatement)
    calls.push({ id, database, statements })
  }
  return calls
}
