import { hash } from 'node:crypto'
import type { Statement, Writer } from '../store/store.ts'
import { packBodyKey } from './body-key.ts'
import { cutIntoParts, MIN_PART_BYTES } from './body-parts.ts'
import { type Part, PartDigests } from './part-digests.ts'
import { firstTraceIdOf } from './trace-id-time.ts'

/** That a part is still used is noted this often. */
const USE_NOTED_EVERY_MS = 60 * 60 * 1000
/** Parts known to be kept: of the conversations that go on just now. */
const KNOWN_PARTS = 4096
const PRUNE_BATCH = 500
/** Half a digest tells any two requests of one person apart. */
const FINGERPRINT_BYTES = 16

const insertSmall = 'INSERT INTO small_bodies (trace_id, request, response) VALUES (?, ?, ?)'
const deleteSmall = `
  DELETE FROM small_bodies WHERE trace_id IN (SELECT trace_id FROM small_bodies WHERE trace_id < ? LIMIT ${PRUNE_BATCH})`
const touchPart = 'UPDATE bodies SET used_at = ? WHERE sha256 = ?'
const insertPart = 'INSERT INTO bodies (sha256, used_at, zstd, data) VALUES (?, ?, ?, ?)'
const deleteUnused = `DELETE FROM bodies WHERE id IN (SELECT id FROM bodies WHERE used_at < ? LIMIT ${PRUNE_BATCH})`
/** Traces that were written after it was looked whether others have the part. */
const deletePart = `
  DELETE FROM bodies WHERE sha256 = ? AND NOT EXISTS (SELECT 1 FROM traces
    WHERE rowid > ? AND (instr(request_sha256, bodies.sha256) > 0 OR instr(response_sha256, bodies.sha256) > 0))`

/** A body on its way to be kept: in parts, and what is left at its end, all of a small one, with its trace. */
export interface KeptBody {
  /** How a trace refers to its parts; null where it has none. */
  key: Buffer | null
  /** What is kept with the trace; null where nothing is left. */
  small: string | null
  /** What has yet to be written; must go in the same transaction as the reference, or before. */
  statements: Statement[]
  /** Call it when they could not be. */
  forget(): void
}

/** A body as it is cut, with the digests of its parts. */
interface DigestedBody {
  parts: Part[]
  rest: Buffer
  tail: Part[]
}

const digestsOf = (parts: readonly Part[]): Buffer[] => parts.map(({ digest }) => digest)

const nothing: KeptBody = { key: null, small: null, statements: [], forget() {} }

/** Requests and answers, as they are written. Each distinct part of a large one is kept once, however many traces have it. */
export class BodyRepository {
  readonly #writer: Writer
  readonly #digests = new PartDigests()
  readonly #cut = new WeakMap<Uint8Array, DigestedBody>()
  /** Digest (as latin1) and when its use was noted, those used longest ago first. */
  readonly #known = new Map<string, number>()

  constructor(writer: Writer) {
    this.#writer = writer
  }

  /** The same for equal bodies. By the digests of its parts: most of a large one came a moment ago too. */
  fingerprintOf(body: Uint8Array): Uint8Array {
    const { parts, rest, tail } = this.#digested(body)
    const bytes = Buffer.concat([...digestsOf(parts), rest, ...digestsOf(tail)])
    return hash('sha256', bytes, 'buffer').subarray(0, FINGERPRINT_BYTES)
  }

  /** Null is not kept. `usedAt` is in milliseconds UTC. */
  keep(body: Uint8Array | string | null, usedAt: number): KeptBody {
    if (body === null) return nothing
    if (typeof body === 'string' && body.length < MIN_PART_BYTES) return { ...nothing, small: body }
    return this.#keepParts(this.#digested(typeof body === 'string' ? Buffer.from(body) : body), usedAt)
  }

  /** What keeps the small of a request and of an answer; must come after the trace itself. */
  keepSmall(traceId: string, request: string | null, response: string | null): Statement[] {
    if (request === null && response === null) return []
    return [{ sql: insertSmall, params: [traceId, request, response] }]
  }

  #keepParts({ parts, rest, tail }: DigestedBody, usedAt: number): KeptBody {
    if (parts.length + tail.length === 0) return { ...nothing, small: rest.toString() }
    const statements: Statement[] = []
    const written: string[] = []
    for (const { bytes, digest } of [...parts, ...tail]) {
      const name = digest.toString('latin1')
      if (this.#isNoted(name, usedAt)) continue
      // compressed only where it is not there yet
      const otherwise = { sql: insertPart, params: [digest, usedAt, 1, { zstd: bytes }] }
      statements.push({ sql: touchPart, params: [usedAt, digest], otherwise })
      written.push(name)
    }
    const forget = (): void => {
      for (const name of written) this.#known.delete(name)
    }
    const hasRest = rest.length > 0
    const key = packBodyKey({ parts: digestsOf(parts), hasRest, tail: digestsOf(tail) })
    return { key, small: hasRest ? rest.toString() : null, statements, forget }
  }

  /** A request is asked for twice, for its fingerprint and to be kept, and read once. */
  #digested(body: Uint8Array): DigestedBody {
    const known = this.#cut.get(body)
    if (known) return known
    const { parts, rest, tail } = cutIntoParts(Buffer.from(body.buffer, body.byteOffset, body.length))
    const digested = { parts: this.#partsOf(parts), rest, tail: this.#partsOf(tail) }
    if (rest.length < body.length) this.#cut.set(body, digested)
    return digested
  }

  #partsOf(parts: readonly Buffer[]): Part[] {
    return parts.map((bytes) => this.#digests.partOf(bytes))
  }

  /** Deletes what no trace used since a time (milliseconds UTC), or just before it. */
  async deleteUnusedSince(time: number): Promise<void> {
    await this.#deleteAll(deleteUnused, time - USE_NOTED_EVERY_MS)
    await this.#deleteAll(deleteSmall, firstTraceIdOf(time))
  }

  /** Deletes all that was last used before a time (milliseconds UTC), as far as that was noted. */
  async deleteUsedBefore(time: number): Promise<void> {
    // what is asked for again from now on is looked for again
    this.#known.clear()
    await this.#deleteAll(deleteUnused, time)
    await this.#deleteAll(deleteSmall, firstTraceIdOf(time))
  }

  /**
   * What deletes parts that no trace had up to the row `newestRow`; those that one has got since stay. Must be written in
   * this very tick: until then nothing else may count on the parts.
   */
  deletionOf(digests: readonly Uint8Array[], newestRow: number): Statement[] {
    for (const digest of digests) this.#known.delete(Buffer.from(digest).toString('latin1'))
    return digests.map((digest) => ({ sql: deletePart, params: [digest, newestRow] }))
  }

  async #deleteAll(sql: string, before: number | string): Promise<void> {
    for (;;) {
      const [result] = await this.#writer.write('traces', [{ sql, params: [before] }])
      if (!result || result.changes < PRUNE_BATCH) return
    }
  }

  #isNoted(name: string, now: number): boolean {
    const noted = this.#known.get(name)
    this.#known.delete(name)
    const isRecent = noted !== undefined && Math.abs(now - noted) < USE_NOTED_EVERY_MS
    this.#known.set(name, isRecent ? noted : now)
    if (this.#known.size > KNOWN_PARTS) {
      const [oldest] = this.#known.keys()
      if (oldest !== undefined) this.#known.delete(oldest)
    }
    return isRecent
  }
}
