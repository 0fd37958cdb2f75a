import type { IncomingHttpHeaders } from 'node:http'
import type { CallLabels } from '../contract/traces.ts'
import { HomeportError } from '../errors/homeport-error.ts'
import type { CacheWish, CallInput } from '../pipeline/context.ts'
import type { TraceContext } from '../traces/new-trace.ts'
import { joinedLabels, labelsOfBody, labelsOfHeaders, traceContextOf } from './client-labels.ts'
import { knowledgeOfHeaders } from './knowledge-wish.ts'

/** What a client asks of Homeport beside its request, in headers. */
export interface ClientWishes {
  onDeviceOnly: boolean
  cache: CacheWish | null
  /** Numbers only: what is asked and answered must not be kept. */
  withoutTexts: boolean
}

const nothing: ClientWishes = { onDeviceOnly: false, cache: null, withoutTexts: false }
const cacheModes = ['on', 'similar', 'exact', 'off', 'refresh', 'only'] as const

/**
 * `x-homeport-privacy: on-device`; `x-homeport-record: numbers`; `x-homeport-cache: on|similar|exact|off|refresh|only`; and
 * of `cache-control`: `no-store` (neither read nor keep), `max-age=SECONDS` (nothing older), `no-cache` (as `max-age=0`)
 * and `only-if-cached`. Throws `bad-request` for values of our own headers that nobody knows: a wish for privacy must not be overlooked for a
 * typing error.
 */
function readWishes(headers: IncomingHttpHeaders): ClientWishes {
  const privacy = headers['x-homeport-privacy']
  const cache = headers['x-homeport-cache']
  const record = headers['x-homeport-record']
  const control = headers['cache-control']
  if ([privacy, cache, record, control].every((value) => value === undefined)) return nothing
  if (privacy !== undefined && privacy !== 'on-device') throw unknownValue('x-homeport-privacy', 'on-device')
  if (record !== undefined && record !== 'numbers') throw unknownValue('x-homeport-record', 'numbers')
  return {
    onDeviceOnly: privacy === 'on-device',
    cache: readCache(cache, control?.toLowerCase() ?? ''),
    withoutTexts: record === 'numbers'
  }
}

/** What a client's headers and the metadata of its request add to a call. Throws as `readWishes` and `labelsOfHeaders` do. */
export function createWishes(headers: IncomingHttpHeaders): (input: CallInput) => CallInput {
  const { onDeviceOnly, cache, withoutTexts } = readWishes(headers)
  const ofHeaders = labelsOfHeaders(headers)
  const traceContext = traceContextOf(headers)
  const knowledge = knowledgeOfHeaders(headers)
  const asked = {
    ...(onDeviceOnly && { onDeviceOnly }),
    ...(cache && { cache }),
    ...(withoutTexts && { withoutTexts }),
    ...(traceContext && { traceContext }),
    ...(knowledge && { knowledge })
  }
  return (input) => {
    const ofBody = input.wire && labelsOfBody(input.wire.json)
    const labels = ofBody || ofHeaders ? { labels: joinedLabels(ofBody, ofHeaders) } : null
    return { ...input, ...asked, ...labels }
  }
}

/** What a client's headers say of a call that asks no model: how it is recorded. */
export interface RecordWishes {
  withoutTexts: boolean
  labels: CallLabels | null
  traceContext: TraceContext | null
}

/** Throws as `createWishes` does. */
export function recordWishes(headers: IncomingHttpHeaders): RecordWishes {
  const labels = labelsOfHeaders(headers)
  return {
    withoutTexts: readWishes(headers).withoutTexts,
    labels: labels && joinedLabels(null, labels),
    traceContext: traceContextOf(headers)
  }
}

function readCache(value: string | string[] | undefined, control: string): CacheWish | null {
  const asked = cacheModes.find((mode) => mode === value)
  if (value !== undefined && asked === undefined)
    throw unknownValue('x-homeport-cache', cacheModes.join(', '))
  const directives = control.split(/\s*,\s*/)
  const mode = asked ?? modeOf(directives)
  const maxAgeSeconds = maxAgeOf(directives)
  if (mode === undefined && maxAgeSeconds === null) return null
  return { mode: mode ?? 'default', maxAgeSeconds }
}

function modeOf(directives: readonly string[]): CacheWish['mode'] | undefined {
  if (directives.includes('no-store')) return 'off'
  return directives.includes('only-if-cached') ? 'only' : undefined
}

function maxAgeOf(directives: readonly string[]): number | null {
  if (directives.includes('no-cache')) return 0
  const ages = directives.flatMap((directive) => /^max-age=(\d{1,9})$/.exec(directive)?.[1] ?? [])
  return ages.length === 0 ? null : Math.min(...ages.map(Number))
}

function unknownValue(header: string, known: string): HomeportError {
  return new HomeportError('bad-request', `The header ${header} takes: ${known}.`, { param: header })
}
