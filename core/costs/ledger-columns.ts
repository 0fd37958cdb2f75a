import type { Columns } from '../store/insertion.ts'
import type { LedgerEntry } from './ledger-entry.ts'

const pricedOf = ({ cost }: LedgerEntry) => (cost.kind === 'priced' ? cost : null)

/** What is written of every call when it is booked. */
export const usualColumns: Columns<LedgerEntry> = {
  trace_id: ({ traceId }) => traceId,
  started_at: ({ startedAt }) => startedAt,
  caller_kind: ({ caller }) => caller.kind,
  caller_id: ({ caller }) => caller.id,
  caller_name: ({ caller }) => caller.name,
  dialect: ({ dialect }) => dialect,
  stream: ({ stream }) => (stream ? 1 : 0),
  model: ({ model }) => model,
  request_hash: ({ requestHash }) => requestHash,
  provider_id: ({ providerId }) => providerId,
  provider_model: ({ providerModel }) => providerModel,
  served_model: ({ servedModel }) => servedModel,
  status: ({ status }) => status,
  input_total: ({ usage }) => usage?.input.total ?? null,
  input_no_cache: ({ usage }) => usage?.input.noCache ?? null,
  input_cache_read: ({ usage }) => usage?.input.cacheRead ?? null,
  input_cache_write_5m: ({ usage }) => usage?.input.cacheWrite5m ?? null,
  input_cache_write_1h: ({ usage }) => usage?.input.cacheWrite1h ?? null,
  output_total: ({ usage }) => usage?.output.total ?? null,
  output_text: ({ usage }) => usage?.output.text ?? null,
  output_reasoning: ({ usage }) => usage?.output.reasoning ?? null,
  cost_kind: ({ cost }) => cost.kind,
  cost_nano_usd: (entry) => pricedOf(entry)?.nanoUsd ?? null,
  price_source: (entry) => pricedOf(entry)?.source ?? null,
  duration_ms: ({ durationMs }) => durationMs,
  first_token_ms: ({ firstTokenMs }) => firstTokenMs
}

/** What few calls have. */
export const seldomColumns: Columns<LedgerEntry> = {
  feature: ({ labels }) => labels.feature,
  project: ({ labels }) => labels.project,
  session: ({ labels }) => labels.session,
  input_audio: ({ usage }) => usage?.input.audio ?? null,
  input_audio_cache_read: ({ usage }) => usage?.input.audioCacheRead ?? null,
  input_image: ({ usage }) => usage?.input.image ?? null,
  output_audio: ({ usage }) => usage?.output.audio ?? null,
  output_image: ({ usage }) => usage?.output.image ?? null,
  tier: ({ usage }) => usage?.tier ?? null,
  units: ({ usage }) => (usage?.units ? JSON.stringify(usage.units) : null),
  prompt_cache_saved_nano_usd: ({ promptCacheSavedNanoUsd }) => promptCacheSavedNanoUsd,
  cache: ({ cache }) => cache,
  saved_nano_usd: ({ savedNanoUsd }) => savedNanoUsd
}
