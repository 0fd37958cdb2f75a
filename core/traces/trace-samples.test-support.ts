import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'
import type { CallLabels, Trace, TraceSummary } from '../contract/traces.ts'
import { EncodedJson } from '../lib/encoded-json.ts'
import { newTraceId } from '../lib/ids.ts'
import { silentLogger } from '../lib/logger.ts'
import { openStore } from '../store/open-store.ts'
import type { NewTrace } from './new-trace.ts'
import type { Retention } from './retention.ts'
import { openTraces, type Traces } from './traces.ts'

/** Traces in a folder of their own, closed after the test. */
export async function openTestTraces() {
  const dataDir = mkdtempSync(join(tmpdir(), 'homeport-traces-'))
  onTestFinished(() => rmSync(dataDir, { recursive: true, force: true }))
  const store = await openStore({ dataDir, logger: silentLogger })
  onTestFinished(() => store.close())
  let retention: Retention = { bodyDays: 30, traceDays: 365, bodyMegabytes: 4096 }
  /** As after another start of the daemon. */
  const reopen = () => {
    const traces = openTraces({ store, dataDir, retention: () => retention, logger: silentLogger })
    onTestFinished(() => traces.close())
    return readable(traces)
  }
  const keep = (changed: Partial<Retention>): void => {
    retention = { ...retention, ...changed }
  }
  return { store, dataDir, traces: reopen(), reopen, keep }
}

/** Whatever form a trace is given in. */
export const readable = (traces: Traces) => ({
  ...traces,
  async get(id: string): Promise<Trace | null> {
    const trace = await traces.get(id)
    return trace instanceof EncodedJson ? trace.decode() : trace
  }
})

/** A trace id as it would be made at that time (milliseconds UTC). */
export const idAt = (time: number): string => time.toString(16).padStart(12, '0') + newTraceId().slice(12)

export const labelled = (labels: Partial<CallLabels>): CallLabels => ({
  feature: null,
  project: null,
  session: null,
  tags: [],
  ...labels
})

/** A chat of one question and its answer. */
export function plainTrace(summary: Partial<TraceSummary> = {}, changed: Partial<NewTrace> = {}): NewTrace {
  const startedAt = summary.startedAt ?? Date.now()
  return {
    summary: {
      id: summary.startedAt === undefined ? newTraceId() : idAt(startedAt),
      startedAt,
      durationMs: 100,
      firstTokenMs: 10,
      status: 'ok',
      app: 'Editor',
      dialect: 'openai-chat',
      model: 'up/gpt-4o',
      providerId: 'up',
      providerModel: 'gpt-4o',
      cache: null,
      savedNanoUsd: null,
      title: 'A question',
      usage: null,
      cost: { kind: 'priced', nanoUsd: 1000, source: 'test' },
      stream: true,
      errorMessage: null,
      labels: labelled({}),
      score: null,
      source: 'gateway',
      ...summary
    },
    chatId: null,
    spans: [],
    route: null,
    warnings: [],
    requestBody: chatBody('Why is the sky blue?'),
    responseBody: 'Because of Rayleigh scattering.',
    ...changed
  }
}

/** A request whose messages are the user's and the assistant's in turn. */
export const chatBody = (...texts: string[]): string =>
  JSON.stringify({
    model: 'up/gpt-4o',
    messages: texts.map((content, index) => ({ role: index % 2 === 0 ? 'user' : 'assistant', content }))
  })
