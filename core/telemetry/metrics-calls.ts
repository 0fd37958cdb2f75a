import type { TraceSummary } from '../contract/traces.ts'
import { decimalUsd } from '../lib/decimal-usd.ts'
import { errorTypeOf } from './export-attributes.ts'
import type { CallProvider, EndedCall } from './export-call.ts'
import { operationOf, providerNameOf } from './gen-ai-names.ts'
import { Counter, type Family, Histogram } from './metrics-family.ts'

/** Of the conventions, version 1.41: each four times, or twice, the one before. */
const TOKENS = Array.from({ length: 14 }, (_, power) => 4 ** power)
const SECONDS = Array.from({ length: 14 }, (_, power) => 2 ** power / 100)

const operationLabels = ['gen_ai_operation_name', 'gen_ai_provider_name', 'gen_ai_request_model'] as const
const modelLabels = ['provider', 'model'] as const
const appLabels = ['app', ...modelLabels] as const

/** What calls are counted by, while they end: the conventions' measures for generative AI, and Homeport's own. */
export class CallMetrics {
  readonly #tokens = new Histogram({
    name: 'gen_ai_client_token_usage',
    help: 'Number of input and output tokens used.',
    labels: [...operationLabels, 'gen_ai_token_type'],
    bounds: TOKENS
  })
  readonly #duration = new Histogram({
    name: 'gen_ai_client_operation_duration_seconds',
    help: 'GenAI operation duration.',
    labels: [...operationLabels, 'error_type'],
    bounds: SECONDS
  })
  readonly #firstChunk = new Histogram({
    name: 'gen_ai_client_operation_time_to_first_chunk_seconds',
    help: 'Time to receive the first chunk of a streamed answer.',
    labels: operationLabels,
    bounds: SECONDS
  })
  readonly #perChunk = new Histogram({
    name: 'gen_ai_client_operation_time_per_output_chunk_seconds',
    help: 'Time between two chunks of a streamed answer.',
    labels: operationLabels,
    bounds: SECONDS
  })
  readonly #calls = new Counter({
    name: 'homeport_calls_total',
    help: 'Calls that ended, by how: ok, error, aborted (the client left) or cut (the provider broke off).',
    labels: [...appLabels, 'outcome']
  })
  readonly #errors = new Counter({
    name: 'homeport_call_errors_total',
    help: 'Calls that failed or were cut, by why.',
    labels: [...modelLabels, 'error_type']
  })
  readonly #spend = new Counter({
    name: 'homeport_spend_usd_total',
    help: 'What calls cost whose price is known, in US dollars.',
    labels: appLabels,
    write: decimalUsd
  })
  readonly #unknownPrice = new Counter({
    name: 'homeport_unknown_price_calls_total',
    help: 'Calls whose price nobody knows: they are not part of the spend.',
    labels: modelLabels
  })
  readonly #cache = new Counter({
    name: 'homeport_cache_lookups_total',
    help: 'Calls in which the cache of answers had a part: hit or miss.',
    labels: ['result']
  })
  readonly #saved = new Counter({
    name: 'homeport_cache_saved_usd_total',
    help: 'What answers out of the cache would have cost, in US dollars.',
    labels: modelLabels,
    write: decimalUsd
  })
  readonly #cachedTokens = new Counter({
    name: 'homeport_prompt_cache_read_tokens_total',
    help: 'Input tokens that providers read from their caches of prompts.',
    labels: modelLabels
  })
  readonly #providerOf: (id: string) => CallProvider | null

  /** `providerOf`: null for one that is no more. */
  constructor(providerOf: (id: string) => CallProvider | null) {
    this.#providerOf = providerOf
  }

  /** Counts a call that has ended. */
  ended({ summary, outcome }: Pick<EndedCall, 'summary' | 'outcome'>): void {
    const { app, providerId, status, cost, cache, usage } = summary
    // what a client calls a model that nobody has is no label
    const model = [providerId ?? '', providerId === null ? '' : (summary.providerModel ?? '')]
    const errorType = errorTypeOf({ summary, ...(outcome && { outcome }) }) ?? ''
    this.#calls.add([app, ...model, status])
    if (status === 'error' || status === 'cut') this.#errors.add([...model, errorType])
    if (cost.kind === 'priced') this.#spend.add([app, ...model], cost.nanoUsd)
    if (cost.kind === 'unknown' && usage) this.#unknownPrice.add(model)
    if (cache !== null) this.#cache.add([cache])
    if (cache === 'hit') this.#saved.add(model, summary.savedNanoUsd ?? 0)
    // nobody was asked
    if (cache === 'hit' || providerId === null) return
    this.#operation(summary, this.#operationLabels(summary.dialect, providerId, model[1] ?? ''), errorType)
    if (usage?.input.cacheRead) this.#cachedTokens.add(model, usage.input.cacheRead)
  }

  /** To be told the time between each two chunks of one streamed answer, in milliseconds. */
  chunkTimer(dialect: string, providerId: string, model: string): (gapMs: number) => void {
    const observe = this.#perChunk.observer(this.#operationLabels(dialect, providerId, model))
    return (gapMs) => observe(gapMs / 1000)
  }

  families(): Family[] {
    const all = [
      this.#tokens,
      this.#duration,
      this.#firstChunk,
      this.#perChunk,
      this.#calls,
      this.#errors,
      this.#spend,
      this.#unknownPrice,
      this.#cache,
      this.#saved,
      this.#cachedTokens
    ]
    return all.map((metric) => metric.family())
  }

  #operation({ usage, durationMs, firstTokenMs }: TraceSummary, labels: string[], errorType: string): void {
    this.#duration.observe([...labels, errorType], durationMs / 1000)
    if (firstTokenMs !== null) this.#firstChunk.observe(labels, firstTokenMs / 1000)
    if (!usage) return
    this.#tokens.observe([...labels, 'input'], usage.input.total)
    this.#tokens.observe([...labels, 'output'], usage.output.total)
  }

  #operationLabels(dialect: string, providerId: string, model: string): string[] {
    return [operationOf(dialect), providerNameOf(this.#providerOf(providerId)?.kind ?? providerId), model]
  }
}
