import type { CallStatus } from '../contract/traces.ts'
import type { Cost, Usage } from '../contract/usage.ts'

/** One call, booked once. Times of day are milliseconds UTC. */
export interface LedgerEntry {
  traceId: string
  startedAt: number
  /** `name`: at the time of the call. */
  caller: { kind: 'app-key' | 'app'; id: string; name: string }
  labels: { feature: string | null; project: string | null; session: string | null }
  /** Of a program's chat as it came, the same for every repetition; null for what is none. */
  requestHash: Uint8Array | null
  dialect: string
  stream: boolean
  /** As asked for. */
  model: string
  /** Null when the call never reached a provider. */
  providerId: string | null
  /** The model's id at the provider. */
  providerModel: string | null
  /** The model that the upstream says it used. */
  servedModel: string | null
  status: CallStatus
  /** Null when the upstream reported none. */
  usage: Usage | null
  cost: Cost
  /**
   * What the vendor's own prompt cache took off the full rate, less what writing to it added; null where nothing went
   * through it, or nobody knows.
   */
  promptCacheSavedNanoUsd: number | null
  /** Null where the cache had no part in the call. */
  cache: 'hit' | 'miss' | null
  /** What the call would have cost, had it not come out of the cache; null where it did not, or nobody knows. */
  savedNanoUsd: number | null
  durationMs: number
  firstTokenMs: number | null
}
