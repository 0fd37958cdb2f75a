import type { Budgets } from '../budgets/budgets.ts'
import type { AnswerCache } from '../cache/answer-cache.ts'
import { attachTraceId } from '../errors/trace-of-error.ts'
import type { ReasoningMemory } from '../reasoning/reasoning-memory.ts'
import { compose } from './compose.ts'
import type { CallContext, Pipeline, Stage } from './context.ts'
import { newContext } from './new-context.ts'
import { type BudgetOptions, budgetStage } from './stages/budget.ts'
import { cacheStage } from './stages/cache.ts'
import { reasoningMemoryStage } from './stages/reasoning-memory.ts'
import { type RecordOptions, recordStage } from './stages/record.ts'
import { type ResolveOptions, resolveStage } from './stages/resolve.ts'
import { type RetrieveOptions, retrieveStage } from './stages/retrieve.ts'
import { type RouteOptions, routeStage } from './stages/route.ts'
import { type LedgerSink, type SettleOptions, settleStage } from './stages/settle.ts'

/** Of an answer's text this much is kept for the trace and the outcome, in UTF-16 units. */
const MAX_TEXT_CHARS = 2_000_000

export interface PipelineOptions
  extends RecordOptions,
    SettleOptions,
    ResolveOptions,
    Omit<RouteOptions, 'maxTextChars'> {
  /** Absent: nothing limits what is spent. */
  budgets?: Budgets
  /** Absent: nobody knows. */
  maxOutputTokens?: BudgetOptions['maxOutputTokens']
  /** Absent: what models thought is lost where the client cannot hand it back. */
  reasoning?: ReasoningMemory
  /** Absent: nothing is looked up. */
  knowledge?: Pick<RetrieveOptions, 'retriever' | 'contextTokens'>
  /** Absent: no answer is kept. */
  cache?: AnswerCache
  limits?: { maxTextChars?: number }
}

/** The way of every request, from a parsed call to a priced and recorded answer. */
export function createPipeline(options: PipelineOptions): Pipeline {
  const maxTextChars = options.limits?.maxTextChars ?? MAX_TEXT_CHARS
  const { budgets, ledger, maxOutputTokens = () => null } = options
  const stages: Stage[] = [
    recordStage(options),
    settleStage({ ...options, ledger: budgets ? countedBy(budgets, options) : ledger }),
    resolveStage(options)
  ]
  if (options.knowledge) stages.push(retrieveStage({ ...options, ...options.knowledge }))
  if (budgets) stages.push(budgetStage({ ...options, budgets, maxOutputTokens }))
  if (options.reasoning) stages.push(reasoningMemoryStage(options.reasoning))
  if (options.cache) {
    const targetsOf = ({ plan }: CallContext) => plan?.order ?? []
    stages.push(cacheStage({ cache: options.cache, targetsOf, maxTextChars }))
  }
  const run = compose([...stages, routeStage({ ...options, maxTextChars })])
  return {
    async call(input) {
      const context = newContext(input)
      const { traceId } = context
      try {
        const result = await run(context)
        return { ...result, traceId, model: addressOf(context) }
      } catch (thrown) {
        const error = context.failure?.error ?? thrown
        attachTraceId(error, traceId)
        throw error
      }
    }
  }
}

/** The ledger, of whose every entry budgets hear: they agree with it at every moment. */
const countedBy = (budgets: Budgets, { ledger, logger }: SettleOptions): LedgerSink => ({
  book(entry) {
    const written = ledger.book(entry)
    try {
      budgets.book(entry, written)
    } catch (error) {
      // it is in the books all the same
      logger.error({ traceId: entry.traceId, error }, 'A call could not be counted by budgets')
    }
    return written
  }
})

/** `provider/model` of who answers, whatever alias was asked for. */
const addressOf = ({ target, model }: CallContext): string =>
  target ? `${target.provider.id}/${target.model}` : model
