import type { CostTable } from '../contract/costs.ts'
import { csvLine } from '../lib/csv.ts'
import { decimalUsd } from '../lib/decimal-usd.ts'
import type { BookedCall } from './booked-call.ts'

type Cell = string | number | null

const sumColumns = [
  'key',
  'label',
  'cost_usd',
  'calls',
  'unknown_price_calls',
  'on_device_calls',
  'on_device_ms',
  'on_device_wh_estimate',
  'input_tokens',
  'cache_read_tokens',
  'output_tokens',
  'saved_usd',
  'failed_calls'
]

/** Sums as CSV (RFC 4180), money as exact decimal USD. Without the total: a spreadsheet adds up itself. */
export function tableCsv({ rows }: CostTable): string {
  const lines = rows.map((row) => [
    ...[row.key, row.label, decimalUsd(row.nanoUsd), row.calls, row.unknownPriceCalls, row.onDeviceCalls],
    ...[
      row.onDeviceMs,
      row.onDeviceWattHours,
      row.inputTokens,
      row.cacheReadTokens,
      row.outputTokens,
      decimalUsd(row.savedNanoUsd)
    ],
    row.failedCalls
  ])
  return [sumColumns, ...lines].map(csvLine).join('')
}

/** One column of the list of calls. */
type CallColumn = readonly [name: string, valueOf: (call: BookedCall) => Cell]

const callColumns: readonly CallColumn[] = [
  ['trace_id', ({ traceId }) => traceId],
  ['started_at', ({ startedAt }) => new Date(startedAt).toISOString()],
  ['app', ({ callerName, callerId }) => callerName ?? callerId],
  ['feature', ({ feature }) => feature],
  ['project', ({ project }) => project],
  ['session', ({ session }) => session],
  ['dialect', ({ dialect }) => dialect],
  ['model_asked', ({ model }) => model],
  ['provider', ({ providerId }) => providerId],
  ['model', ({ providerModel }) => providerModel],
  ['status', ({ status }) => status],
  // an unknown price is an empty cell, and not a zero
  [
    'cost_usd',
    ({ cost }) =>
      cost.kind === 'priced' ? decimalUsd(cost.nanoUsd) : cost.kind === 'free' ? decimalUsd(0) : null
  ],
  ['cost_kind', ({ cost }) => cost.kind],
  ['price_source', ({ cost }) => (cost.kind === 'priced' ? cost.source : null)],
  ['input_tokens', ({ usage }) => usage?.input.total ?? null],
  ['cache_read_tokens', ({ usage }) => usage?.input.cacheRead ?? null],
  ['cache_write_5m_tokens', ({ usage }) => usage?.input.cacheWrite5m ?? null],
  ['cache_write_1h_tokens', ({ usage }) => usage?.input.cacheWrite1h ?? null],
  ['output_tokens', ({ usage }) => usage?.output.total ?? null],
  ['reasoning_tokens', ({ usage }) => usage?.output.reasoning ?? null],
  ['tier', ({ usage }) => usage?.tier ?? null],
  ['cache', ({ cache }) => cache],
  ['saved_usd', ({ savedNanoUsd }) => (savedNanoUsd === null ? null : decimalUsd(savedNanoUsd))],
  ['duration_ms', ({ durationMs }) => durationMs]
]

export const callsCsvHead = (): string => csvLine(callColumns.map(([name]) => name))
export const callCsv = (call: BookedCall): string => csvLine(callColumns.map(([, read]) => read(call)))
