import { formatDuration } from '../../../components/format/time.ts'
import type { Calls } from './recorded-calls.ts'

/** What the calls of a session come to. */
export interface SessionSums {
  calls: number
  /** Those that did not end well. */
  failed: number
  inputTokens: number
  outputTokens: number
  nanoUsd: number
  /** Calls that have no price, and so are not in the sum. */
  unpriced: number
  onDevice: number
  /** How long calls took, one after the other. Milliseconds. */
  busyMs: number
  /** From the first one's begin to the last one's end. Milliseconds. */
  spanMs: number
}

export function sessionSums(calls: Calls): SessionSums {
  const sums: SessionSums = {
    calls: calls.length,
    failed: 0,
    inputTokens: 0,
    outputTokens: 0,
    nanoUsd: 0,
    unpriced: 0,
    onDevice: 0,
    busyMs: 0,
    spanMs: 0
  }
  let begin = Number.POSITIVE_INFINITY
  let end = Number.NEGATIVE_INFINITY
  for (const { status, usage, cost, startedAt, durationMs } of calls) {
    if (status !== 'ok') sums.failed++
    sums.inputTokens += usage?.input.total ?? 0
    sums.outputTokens += usage?.output.total ?? 0
    if (cost.kind === 'priced') sums.nanoUsd += cost.nanoUsd
    else if (cost.kind === 'free') sums.onDevice++
    else if (status !== 'error') sums.unpriced++
    sums.busyMs += durationMs
    begin = Math.min(begin, startedAt)
    end = Math.max(end, startedAt + durationMs)
  }
  return { ...sums, spanMs: calls.length === 0 ? 0 : end - begin }
}

const MINUTE = 60_000
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR

/** A length of time that may be long: `4.93 s`, `12 min`, `3 h 20 min`, `2 d 4 h`. Milliseconds. */
export function formatSpan(ms: number): string {
  if (ms < MINUTE) return formatDuration(ms)
  if (ms < HOUR) return `${Math.floor(ms / MINUTE)} min`
  if (ms < DAY) return both(ms, HOUR, 'h', MINUTE, 'min')
  return both(ms, DAY, 'd', HOUR, 'h')
}

function both(ms: number, large: number, largeName: string, small: number, smallName: string): string {
  const rest = Math.floor((ms % large) / small)
  return `${Math.floor(ms / large)} ${largeName}${rest > 0 ? ` ${rest} ${smallName}` : ''}`
}
