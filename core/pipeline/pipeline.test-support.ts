import { hash } from 'node:crypto'
import { type SaveAlias, saveAliasSchema } from '../contract/aliases.ts'
import type { TraceSummary } from '../contract/traces.ts'
import type { LedgerEntry } from '../costs/ledger-entry.ts'
import { silentLogger } from '../lib/logger.ts'
import type { ChatAnswer, ChatCall, ChatEvent } from '../providers/spec/chat.ts'
import type { ModelProvider } from '../providers/spec/provider.ts'
import { createRouter } from '../routing/router.ts'
import { createHealth } from '../routing/target-health.ts'
import type { NewTrace } from '../traces/new-trace.ts'
import type { CallInput } from './context.ts'
import { createPipeline, type PipelineOptions } from './create-pipeline.ts'

export const text = (delta: string): ChatEvent => ({ parts: [{ type: 'text-delta', text: delta }] })
export const usage: ChatEvent = {
  parts: [
    {
      type: 'usage',
      usage: {
        input: { total: 10, noCache: 10, cacheRead: 0, cacheWrite5m: 0, cacheWrite1h: 0 },
        output: { total: 4, text: 4, reasoning: 0 }
      }
    }
  ]
}
export const finish: ChatEvent = { parts: [{ type: 'finish', reason: 'stop' }] }

/** A provider `up` whose answers are the events of a generator. */
export function providerOf(
  events: (call: ChatCall) => AsyncIterable<ChatEvent>,
  answer: Partial<ChatAnswer> = {}
): ModelProvider {
  return {
    id: 'up',
    name: 'Upstream',
    kind: 'test',
    onDevice: false,
    pricing: { vendor: 'openai' },
    listModels: () => [],
    chat: async (call) => ({ wireDialect: null, headers: {}, warnings: [], events: events(call), ...answer })
  }
}

/** Yields these, then ends. */
export function eventsOf(...events: ChatEvent[]): () => AsyncIterable<ChatEvent> {
  return async function* () {
    yield* events
  }
}

/** Yields these, then waits until the call is aborted, as an upstream with nothing more to say yet. */
export function endlessAfter(...events: ChatEvent[]): (call: ChatCall) => AsyncIterable<ChatEvent> {
  return async function* ({ signal }) {
    yield* events
    await new Promise((_, reject) => {
      signal.addEventListener('abort', () => reject(signal.reason))
      if (signal.aborted) reject(signal.reason)
    })
  }
}

export interface PipelineTo extends Partial<PipelineOptions> {
  aliases?: Readonly<Record<string, Partial<SaveAlias>>>
  /** Each of a provider's keys, where it has several. */
  seats?: Readonly<Record<string, readonly ModelProvider[]>>
}

/** A pipeline to these providers whose records are kept in memory. Pauses are noted, and not waited for. */
export function pipelineTo(
  providers: ModelProvider | readonly ModelProvider[],
  { aliases = {}, seats = {}, ...options }: PipelineTo = {}
) {
  const traces: NewTrace[] = []
  const entries: LedgerEntry[] = []
  const announced: TraceSummary[] = []
  const pauses: number[] = []
  const callable = new Map([providers].flat().map((provider) => [provider.id, provider]))
  const health = createHealth()
  const router = createRouter({
    catalog: { find: () => null },
    providers: {
      callable,
      seatsOf: (provider) => seats[provider.id] ?? [provider],
      lacksKey: () => false,
      isLocalServer: () => false
    },
    aliases: {
      get: (name) =>
        aliases[name] ? { name, ...saveAliasSchema.parse({ targets: [], ...aliases[name] }) } : null
    },
    health,
    price: () => ({ kind: 'unknown' }),
    random: () => 0
  })
  const pipeline = createPipeline({
    plan: router.plan,
    estimateTokens: (request) => JSON.stringify(request).length,
    health,
    random: () => 0.5,
    pause: async (ms) => pauses.push(ms),
    traces: { record: async (trace) => void traces.push(trace) },
    ledger: { book: async (entry) => void entries.push(entry) },
    price: () => ({ kind: 'priced', nanoUsd: 42, source: 'test' }),
    fingerprint: (body) => hash('sha256', body, 'buffer').subarray(0, 16),
    recordBodies: () => true,
    onTrace: (summary) => void announced.push(summary),
    logger: silentLogger,
    ...options
  })
  return { pipeline, traces, entries, announced, pauses, health }
}

const body = {
  model: 'up/gpt-4o',
  stream: true,
  messages: [
    { role: 'user', content: 'Hello,\n  who is\tthere?' },
    { role: 'assistant', content: 'Me.' }
  ]
}

export function inputOf(changed: Partial<CallInput> = {}): CallInput {
  return {
    caller: { kind: 'app-key', id: 'key-1', name: 'Editor' },
    dialect: 'openai-chat',
    model: 'up/gpt-4o',
    stream: true,
    request: () => ({ messages: [], output: 'text', unmapped: [] }),
    wire: { dialect: 'openai-chat', body: Buffer.from(JSON.stringify(body)), json: body, headers: {} },
    signal: new AbortController().signal,
    ...changed
  }
}

/** Reads to the end and gives the text. */
export async function readText(events: AsyncIterable<ChatEvent>): Promise<string> {
  let all = ''
  for await (const event of events) {
    for (const part of event.parts) if (part.type === 'text-delta') all += part.text
  }
  return all
}

/** Lets everything that is ready run: what `done` set in motion has then reached the sinks. */
export const settled = (): Promise<void> => new Promise((resolve) => setImmediate(resolve))
