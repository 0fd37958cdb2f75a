import type { z } from 'zod'
import type { retentionSchema } from '../contract/settings.ts'
import type { Writer } from '../store/store.ts'
import type { BodyRepository } from './body-repository.ts'
import { giveBackSpace } from './free-space-repository.ts'
import { clearOutIndex, deleteWordsBefore } from './search-repository.ts'
import { deleteSpanTextsBefore } from './span-text-repository.ts'
import type { TraceRepository } from './trace-repository.ts'

const DAY_MS = 86_400_000
const MEGABYTE = 1024 * 1024

export type Retention = z.infer<typeof retentionSchema>

export interface RetentionParts {
  writer: Writer
  bodies: BodyRepository
  traces: TraceRepository
  /** From when on (milliseconds UTC) bodies take at most so many bytes; null where all of them do. */
  bodiesKeptSince(maxBytes: number): Promise<number | null>
}

/** Clears away what is past its time, and of bodies what is too much, the oldest first. `now` is in milliseconds UTC. */
export async function applyRetention(
  { writer, bodies, traces, bodiesKeptSince }: RetentionParts,
  { bodyDays, traceDays, bodyMegabytes }: Retention,
  now: number
): Promise<void> {
  const oldest = now - bodyDays * DAY_MS
  await bodies.deleteUnusedSince(oldest)
  const keptSince = await bodiesKeptSince(bodyMegabytes * MEGABYTE)
  if (keptSince !== null) await bodies.deleteUsedBefore(keptSince)
  const wordsKeptSince = Math.max(oldest, keptSince ?? 0)
  await deleteSpanTextsBefore(writer, wordsKeptSince)
  await deleteWordsBefore(writer, wordsKeptSince)
  await traces.deleteBefore(now - traceDays * DAY_MS)
  await clearOutIndex(writer)
  await giveBackSpace(writer)
}
