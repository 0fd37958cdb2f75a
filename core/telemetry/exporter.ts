import { setImmediate as othersTurn } from 'node:timers/promises'
import type { Settings } from '../contract/settings.ts'
import type { CollectorTest, ExportHeaders, ExportStatus } from '../contract/telemetry.ts'
import { HomeportError } from '../errors/homeport-error.ts'
import type { Logger } from '../lib/logger.ts'
import type { CallProvider, EndedCall } from './export-call.ts'
import { type CollectorHttp, createCollector, tracesUrlOf, type Verdict } from './export-collector.ts'
import { CollectorHeaders, type SecretStore } from './export-headers.ts'
import { ExportQueue, type QueueLimits } from './export-queue.ts'
import { testSpan, toOtlpSpans, toOtlpTraces } from './export-spans.ts'
import { ExportTally } from './export-tally.ts'
import type { OtlpJsonSpan } from './otlp-encode.ts'

export interface ExporterOptions {
  settings(): Settings['telemetry']
  secrets: SecretStore
  http: CollectorHttp
  /** Null for one that is no more. */
  provider(id: string): CallProvider | null
  /** Homeport's own. */
  version: string
  logger: Logger
  limits?: ExportLimits
  /** From 0 to below 1. */
  random?: () => number
}

export interface ExportLimits extends QueueLimits {
  /** So many go in one request. */
  batchCalls?: number
  /** How long a call waits for others to go with it. */
  batchMs?: number
  /** Before the second try; it doubles with every other. */
  firstPauseMs?: number
  timeoutMs?: number
  /** What is left when the daemon ends may take so long. */
  closeMs?: number
}

/** Sends calls to a collector of the person's choice; off until there is one. */
export interface Exporter {
  /** Takes a call that has ended. Returns at once. */
  add(call: EndedCall): void
  /** To be called after the settings changed. */
  settingsChanged(): void
  status(): Promise<ExportStatus>
  /** Replaces the headers that go to the collector. Throws `bad-request` where none is set, and `unavailable`. */
  saveHeaders(headers: ExportHeaders): Promise<void>
  /** Sends one span. Throws `bad-request` where no collector is set, and `unavailable`. */
  test(): Promise<CollectorTest>
  /** Sends what waits, as far as that is quick, and forgets the rest. */
  close(): Promise<void>
}

/** Of texts: writing more as JSON in one go would hold the daemon's thread. */
const BATCH_BYTES = 512 * 1024
const LONGEST_PAUSE_MS = 60_000

export function createExporter(options: ExporterOptions): Exporter {
  const { settings, logger, version, provider, random = Math.random } = options
  const {
    batchCalls = 100,
    batchMs = 5000,
    firstPauseMs = 1000,
    timeoutMs = 10_000,
    closeMs = 2000
  } = options.limits ?? {}
  const queue = new ExportQueue(options.limits)
  const headers = new CollectorHeaders(options.secrets)
  const collector = createCollector(options.http, timeoutMs)
  const tally = new ExportTally(logger)
  let known = settings()
  let failures = 0
  let timer: NodeJS.Timeout | null = null
  /** While a request is on its way. */
  let running: { abort: AbortController; done: Promise<void> } | null = null
  let isClosed = false

  const post = async (url: URL, spans: OtlpJsonSpan[], signal: AbortSignal): Promise<Verdict> =>
    collector.post(url, await headers.read(url), toOtlpTraces(spans, version), signal)

  /** Null where there is nowhere to send to any more, or the signal fired. */
  const sendBatch = async (signal: AbortSignal): Promise<Verdict | null> => {
    const { exportUrl, exportBodies: withBodies, exportConventions: conventions } = settings()
    if (exportUrl === null) return null
    const calls = queue.take(batchCalls, BATCH_BYTES)
    try {
      const spans: OtlpJsonSpan[] = []
      for (const call of calls) {
        spans.push(...toOtlpSpans(call, { provider, withBodies, conventions }))
        await othersTurn()
      }
      signal.throwIfAborted()
      const verdict = await post(tracesUrlOf(exportUrl), spans, signal)
      if (verdict.kind === 'taken') tally.taken(calls.length, verdict.message)
      else if (verdict.kind === 'refused') tally.dropped(calls.length, verdict.message)
      else queue.putBack(calls)
      if (verdict.kind === 'later') tally.failed(verdict.message)
      return verdict
    } catch (error) {
      if (settings().exportUrl !== null) queue.putBack(calls)
      if (signal.aborted) return null
      // the headers cannot be read now
      const message = error instanceof HomeportError ? error.message : 'Something went wrong inside Homeport.'
      tally.failed(message)
      return { kind: 'later', status: null, message, afterSeconds: null }
    }
  }

  const sendSoon = (waitMs: number): void => {
    if (isClosed || running || queue.size === 0) return
    if (timer) clearTimeout(timer)
    timer = setTimeout(() => {
      timer = null
      const abort = new AbortController()
      running = { abort, done: sendBatch(abort.signal).then(goOn) }
    }, waitMs).unref()
  }

  const goOn = (verdict: Verdict | null): void => {
    running = null
    failures = verdict?.kind === 'later' ? failures + 1 : 0
    if (verdict?.kind === 'later') sendSoon(pauseAfter(verdict.afterSeconds))
    else sendSoon(queue.size >= batchCalls ? 0 : batchMs)
  }

  /** As the collector says; else twice as long each time, and not at the same moment as all others. */
  const pauseAfter = (seconds: number | null): number =>
    seconds === null
      ? Math.min(firstPauseMs * 2 ** (failures - 1), LONGEST_PAUSE_MS) * (0.75 + random() / 2)
      : seconds * 1000

  return {
    add(call) {
      if (settings().exportUrl === null || call.summary.source === 'otlp') return
      queue.add(call)
      if (timer === null) sendSoon(batchMs)
      else if (failures === 0 && queue.size === batchCalls) sendSoon(0)
    },
    settingsChanged() {
      const changed = settings()
      if (changed === known) return
      if (changed.exportUrl !== known.exportUrl) running?.abort.abort()
      known = changed
      failures = 0
      if (changed.exportUrl === null) queue.clear()
      else sendSoon(0)
    },
    async status() {
      const { exportUrl } = settings()
      const url = exportUrl === null ? null : tracesUrlOf(exportUrl)
      const { sent, refused, lastSentAt, lastError } = tally
      return {
        url: url?.href ?? null,
        headers: url ? await headers.names(url) : [],
        waiting: queue.size,
        sent,
        dropped: queue.dropped + refused,
        lastSentAt,
        lastError
      }
    },
    async saveHeaders(replacing) {
      await headers.save(collectorIn(settings()), replacing)
      failures = 0
      sendSoon(0)
    },
    async test() {
      const url = collectorIn(settings())
      const { kind, status, message } = await post(url, [testSpan()], new AbortController().signal)
      return { ok: kind === 'taken', status, message: message ?? 'The collector took a span.' }
    },
    async close() {
      isClosed = true
      if (timer) clearTimeout(timer)
      const late = AbortSignal.timeout(closeMs)
      late.addEventListener('abort', () => running?.abort.abort())
      await running?.done
      while (queue.size > 0 && !late.aborted && (await sendBatch(late))?.kind === 'taken');
      queue.clear()
    }
  }
}

function collectorIn({ exportUrl }: Settings['telemetry']): URL {
  if (exportUrl !== null) return tracesUrlOf(exportUrl)
  throw new HomeportError('bad-request', 'No collector is set.', {
    action: 'Give its address in Settings first.'
  })
}
