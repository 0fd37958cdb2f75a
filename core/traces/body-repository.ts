import { hash } from 'node:crypto'
import type { Reader, Statement, Writer } from '../store/store.ts'
import { cutIntoParts } from './body-parts.ts'

/** Compressing less than this many bytes costs more (about 60 µs each) than the disk it saves is worth. */
const LARGE_PART_BYTES = 2048
const DIGEST_BYTES = 32
/** That a part is still used is noted this often. */
const USE_NOTED_EVERY_MS = 60 * 60 * 1000
/** Parts known to be kept: of the conversations that go on just now. */
const KNOWN_PARTS = 4096
const PRUNE_BATCH = 500

const touchPart = 'UPDATE bodies SET used_at = ? WHERE sha256 = ?'
const insertPart = 'INSERT INTO bodies (sha256, used_at, zstd, data) VALUES (?, ?, ?, ?)'
const upsertPart = `${insertPart} ON CONFLICT (sha256) DO UPDATE SET used_at = excluded.used_at`
const selectPart = `
  SELECT CASE zstd WHEN 1 THEN unzstd(data) ELSE CAST(data AS TEXT) END AS text FROM bodies WHERE sha256 = ?`
const deleteUnused = `DELETE FROM bodies WHERE id IN (SELECT id FROM bodies WHERE used_at < ? LIMIT ${PRUNE_BATCH})`

/** A body on its way to be kept. */
export interface KeptBody {
  /** The digests of its parts, one after the other: how a trace refers to it. */
  key: Buffer
  /** What has yet to be written; must go in the same transaction as the reference, or before. */
  statements: Statement[]
  /** Call it when they could not be. */
  forget(): void
}

/** Requests and answers. Each distinct part of one is kept once, however many traces have it. */
export class BodyRepository {
  readonly #writer: Writer
  readonly #reader: Reader
  /** Digest (as latin1) and when its use was noted, those used longest ago first. */
  readonly #known = new Map<string, number>()

  constructor(writer: Writer, reader: Reader) {
    this.#writer = writer
    this.#reader = reader
  }

  /** `usedAt` is in milliseconds UTC. */
  keep(body: Uint8Array | string, usedAt: number): KeptBody {
    if (body.length < LARGE_PART_BYTES) {
      const digest = hash('sha256', body, 'buffer')
      const statement = { sql: upsertPart, params: [digest, usedAt, 0, body] }
      return { key: digest, statements: [statement], forget() {} }
    }
    const statements: Statement[] = []
    const written: string[] = []
    const bytes =
      typeof body === 'string' ? Buffer.from(body) : Buffer.from(body.buffer, body.byteOffset, body.length)
    const digests = cutIntoParts(bytes).map((part) => {
      const digest = hash('sha256', part, 'buffer')
      const name = digest.toString('latin1')
      if (!this.#isNoted(name, usedAt)) {
        // compressed only where it is not there yet
        const otherwise = { sql: insertPart, params: [digest, usedAt, 1, { zstd: part }] }
        statements.push({ sql: touchPart, params: [usedAt, digest], otherwise })
        written.push(name)
      }
      return digest
    })
    const forget = (): void => {
      for (const name of written) this.#known.delete(name)
    }
    return { key: Buffer.concat(digests), statements, forget }
  }

  /** The text of a body, up to `maxChars` UTF-16 units and the rest of the part they end in; null when any of it is gone. */
  read(key: Uint8Array, maxChars: number): string | null {
    let text = ''
    for (let at = 0; at < key.length && text.length <= maxChars; at += DIGEST_BYTES) {
      const row = this.#reader.get<{ text: string }>(selectPart, key.subarray(at, at + DIGEST_BYTES))
      if (!row) return null
      text += row.text
    }
    return text
  }

  /** Deletes what no trace used since a time (milliseconds UTC), or just before it. */
  async deleteUnusedSince(time: number): Promise<void> {
    for (;;) {
      const params = [time - USE_NOTED_EVERY_MS]
      const [result] = await this.#writer.write('traces', [{ sql: deleteUnused, params }])
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
