import type { Reader } from '../store/store.ts'
import { unpackBodyKey } from './body-key.ts'

const KEYS_AT_A_TIME = 2000
/** Some 3 MB. */
const READ_PARTS = 256

const selectSmall = 'SELECT request, response FROM small_bodies WHERE trace_id = ?'
const selectKeys = 'SELECT request_sha256 AS request, response_sha256 AS response FROM traces WHERE id = ?'
const selectPart = `
  SELECT CASE zstd WHEN 1 THEN unzstd(data) ELSE CAST(data AS TEXT) END AS text FROM bodies WHERE sha256 = ?`
const selectNewestRow = 'SELECT coalesce(max(rowid), 0) AS newest FROM traces'
const selectKeysBefore = `
  SELECT rowid AS row, id, request_sha256 AS request, response_sha256 AS response FROM traces
  WHERE rowid < ? AND (request_sha256 IS NOT NULL OR response_sha256 IS NOT NULL) ORDER BY rowid DESC LIMIT ${KEYS_AT_A_TIME}`
/** Of a unit of 2^20 milliseconds, some 17 minutes: the first seven digits of a trace's id. */
const selectLargeSizes = 'SELECT used_at >> 20 AS unit, sum(length(data)) AS bytes FROM bodies GROUP BY 1'
const selectSmallSizes = `
  SELECT substr(trace_id, 1, 7) AS unit, sum(ifnull(octet_length(request), 0) + ifnull(octet_length(response), 0)) AS bytes
  FROM small_bodies GROUP BY 1`
const selectSpanTextSizes = `
  SELECT substr(trace_id, 1, 7) AS unit, sum(octet_length(texts)) AS bytes FROM span_texts GROUP BY 1`
const UNIT_MS = 2 ** 20

/** Texts of parts by their digests (as latin1). */
export type ReadParts = Map<string, string>

interface Texts<T> {
  request: T | null
  response: T | null
}

interface KeyRow extends Texts<Uint8Array> {
  row: number
  id: string
}

/** Requests and answers, as they are read. */
export class BodyTextRepository {
  readonly #reader: Reader

  constructor(reader: Reader) {
    this.#reader = reader
  }

  /**
   * A trace's request and answer, cut near `maxChars` UTF-16 units each; null where there is none, or it is gone. `read` has
   * parts that were read before, for who reads many traces in a row; it is added to.
   */
  textsOf(id: string, maxChars: number, read: ReadParts = new Map()): Texts<string> {
    const small = this.#reader.get<Texts<string>>(selectSmall, id) ?? { request: null, response: null }
    const keys = this.#keysOf(id)
    return {
      request: keys.request ? this.#read(keys.request, small.request, maxChars, read) : small.request,
      response: keys.response ? this.#read(keys.response, small.response, maxChars, read) : small.response
    }
  }

  /** Those parts that no other traces have, as far as traces go by now: `newestRow` is the last one looked at. */
  onlyIn(ids: readonly string[]): { digests: Uint8Array[]; newestRow: number } {
    const newestRow = this.#reader.get<{ newest: number }>(selectNewestRow)?.newest ?? 0
    const digests = ids.flatMap((id) => digestsIn(this.#keysOf(id)))
    const found = new Map(digests.map((digest) => [nameOf(digest), digest]))
    const among = new Set(ids)
    // those that came just before or after have the most in common
    let before = newestRow + 1
    while (found.size > 0) {
      const rows = this.#reader.all<KeyRow>(selectKeysBefore, before)
      for (const row of rows) {
        if (among.has(row.id)) continue
        for (const digest of digestsIn(row)) found.delete(nameOf(digest))
      }
      before = rows.at(-1)?.row ?? 0
      if (rows.length < KEYS_AT_A_TIME) break
    }
    return { digests: [...found.values()], newestRow }
  }

  /** The time (milliseconds UTC) from which on bodies take at most so many bytes; null where all of them do. */
  keptSince(maxBytes: number): number | null {
    const bytesOfUnits = new Map<number, number>()
    const add = (unit: number, bytes: number) => bytesOfUnits.set(unit, (bytesOfUnits.get(unit) ?? 0) + bytes)
    for (const { unit, bytes } of this.#reader.all<{ unit: number; bytes: number }>(selectLargeSizes))
      add(unit, bytes)
    for (const sql of [selectSmallSizes, selectSpanTextSizes])
      for (const { unit, bytes } of this.#reader.all<{ unit: string; bytes: number }>(sql))
        add(Number.parseInt(unit, 16), bytes)
    let left = maxBytes
    for (const [unit, bytes] of [...bytesOfUnits].sort(([a], [b]) => b - a)) {
      left -= bytes
      if (left < 0) return (unit + 1) * UNIT_MS
    }
    return null
  }

  #keysOf(id: string): Texts<Uint8Array> {
    return this.#reader.get<Texts<Uint8Array>>(selectKeys, id) ?? { request: null, response: null }
  }

  /** Up to `maxChars` and the rest of the part they end in; null when any part is gone, or what is left of it. */
  #read(key: Uint8Array, rest: string | null, maxChars: number, read: ReadParts): string | null {
    const { parts, hasRest, tail } = unpackBodyKey(key)
    if (hasRest && rest === null) return null
    let text = ''
    for (const piece of [...parts, rest ?? '', ...tail]) {
      if (text.length > maxChars) return text
      const part = typeof piece === 'string' ? piece : this.#partOf(piece, read)
      if (part === null) return null
      text += part
    }
    return text
  }

  #partOf(digest: Uint8Array, read: ReadParts): string | null {
    const name = nameOf(digest)
    const known = read.get(name)
    if (known !== undefined) return known
    const row = this.#reader.get<{ text: string }>(selectPart, digest)
    if (row && read.size < READ_PARTS) read.set(name, row.text)
    return row?.text ?? null
  }
}

/** Of the parts that bodies are made of. */
function digestsIn({ request, response }: Texts<Uint8Array>): Uint8Array[] {
  return [request, response].flatMap((key) => {
    const { parts, tail } = unpackBodyKey(key ?? new Uint8Array())
    return [...parts, ...tail]
  })
}

/** A view: what is looked through is a hundred thousand of them. */
const nameOf = ({ buffer, byteOffset, byteLength }: Uint8Array): string =>
  Buffer.from(buffer, byteOffset, byteLength).toString('latin1')
