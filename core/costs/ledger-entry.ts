import type { CallStatus } from '../contract/traces.ts'
import type { Cost, Usage } from '../contract/usage.ts'

/** One call, booked once. Times of day are milliseconds UTC. */
export interface LedgerEntry {
  traceId: string
  startedAt: number
  caller: { kind: 'app-key' | 'app'; id: string }
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
  /** Null where the cache had no part in the call. */
  cache: 'hit' | 'miss' | null
  /** What the call would have cost, had it not come out of the cache; null where it did not, or nobody knows. */
  savedNanoUsd: number | null
  durationMs: number
  firstTokenMs: number | null
}
