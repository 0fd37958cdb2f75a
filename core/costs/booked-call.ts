import type { CallStatus } from '../contract/traces.ts'
import { type Cost, type Usage, usageSchema } from '../contract/usage.ts'

/** One call as it stands in the ledger. */
export interface BookedCall {
  traceId: string
  startedAt: number
  callerKind: 'app-key' | 'app'
  callerId: string
  /** At the time; null in entries older than this field. */
  callerName: string | null
  feature: string | null
  project: string | null
  session: string | null
  dialect: string
  /** As asked for. */
  model: string
  requestHash: Uint8Array | null
  providerId: string | null
  providerModel: string | null
  servedModel: string | null
  status: CallStatus
  usage: Usage | null
  cost: Cost
  cache: 'hit' | 'miss' | null
  savedNanoUsd: number | null
  durationMs: number
}

/** The same with usage and cost as the columns have them. */
export type CallRow = Omit<BookedCall, 'usage' | 'cost'> & UsageColumns & CostColumns & { rowid: number }

interface UsageColumns {
  inputTotal: number | null
  noCache: number | null
  cacheRead: number | null
  cacheWrite5m: number | null
  cacheWrite1h: number | null
  inputAudio: number | null
  audioCacheRead: number | null
  inputImage: number | null
  outputTotal: number | null
  text: number | null
  reasoning: number | null
  outputAudio: number | null
  outputImage: number | null
  tier: Usage['tier'] | null
  units: string | null
}

interface CostColumns {
  costKind: Cost['kind']
  costNanoUsd: number | null
  priceSource: string | null
}

export const bookedCall = (row: CallRow): BookedCall => ({ ...row, usage: usageOf(row), cost: costOf(row) })

const unitsSchema = usageSchema.shape.units

function usageOf(row: UsageColumns): Usage | null {
  if (row.inputTotal === null) return null
  return {
    input: {
      total: row.inputTotal,
      noCache: row.noCache ?? 0,
      cacheRead: row.cacheRead ?? 0,
      cacheWrite5m: row.cacheWrite5m ?? 0,
      cacheWrite1h: row.cacheWrite1h ?? 0,
      ...(row.inputAudio === null ? {} : { audio: row.inputAudio }),
      ...(row.audioCacheRead === null ? {} : { audioCacheRead: row.audioCacheRead }),
      ...(row.inputImage === null ? {} : { image: row.inputImage })
    },
    output: {
      total: row.outputTotal ?? 0,
      text: row.text ?? 0,
      reasoning: row.reasoning ?? 0,
      ...(row.outputAudio === null ? {} : { audio: row.outputAudio }),
      ...(row.outputImage === null ? {} : { image: row.outputImage })
    },
    ...(row.tier ? { tier: row.tier } : {}),
    ...(row.units === null ? {} : { units: unitsSchema.parse(JSON.parse(row.units)) })
  }
}

function costOf({ costKind, costNanoUsd, priceSource }: CostColumns): Cost {
  if (costKind !== 'priced') return { kind: costKind }
  return { kind: 'priced', nanoUsd: costNanoUsd ?? 0, source: priceSource ?? '' }
}
