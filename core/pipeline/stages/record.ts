import type { CallLabels, TraceSummary } from '../../contract/traces.ts'
import type { HomeportError } from '../../errors/homeport-error.ts'
import type { Logger } from '../../lib/logger.ts'
import { hadChoice } from '../../routing/route-plan.ts'
import { explainPlan } from '../../routing/route-preview.ts'
import type { NewTrace } from '../../traces/new-trace.ts'
import { placeOf } from '../call-failure.ts'
import type { CallContext, CallOutcome, Stage } from '../context.ts'
import { requestBodyOf, responseBodyOf, titleOf } from '../trace-texts.ts'

export interface TraceSink {
  record(trace: NewTrace): Promise<void>
}

export interface RecordOptions {
  traces: TraceSink
  /** Whether prompts and answers are kept, asked at the end of each call. */
  recordBodies(): boolean
  /** Told after the trace is written. */
  onTrace(summary: TraceSummary): void
  logger: Logger
}

const noLabels: CallLabels = { feature: null, project: null, session: null, tags: [] }

/** Keeps the trace of the call when it is over: once, however it ended. */
export function recordStage({ traces, recordBodies, onTrace, logger }: RecordOptions): Stage {
  const record = (context: CallContext, outcome: CallOutcome): void => {
    const { traceId } = context
    const failed = (error: unknown): void => {
      logger.error({ traceId, error }, 'A trace could not be written')
    }
    for (const error of errorsOf(context, outcome)) {
      logger.error({ traceId, at: placeOf(error.cause) }, 'A call failed')
    }
    try {
      const trace = traceOf(context, outcome, recordBodies() && !context.withoutTexts)
      const { summary } = trace
      // neither the call nor its texts are held on to until the trace is written
      traces
        .record(trace)
        .then(() => onTrace(summary))
        .catch(failed)
    } catch (error) {
      failed(error)
    }
  }

  return async (context, next) => {
    try {
      const result = await next()
      const done = result.done.then((outcome) => {
        record(context, outcome)
        return outcome
      })
      return { ...result, done }
    } catch (thrown) {
      if (context.failure) record(context, context.failure)
      throw thrown
    }
  }
}

/** What nobody foresaw, of the call and of attempts that another one made good. */
const errorsOf = ({ failedAttempts }: CallContext, { error }: CallOutcome): HomeportError[] => {
  const errors = new Set(failedAttempts.map((attempt) => attempt.error))
  if (error) errors.add(error)
  return [...errors].filter(({ code }) => code === 'internal')
}

function traceOf(context: CallContext, outcome: CallOutcome, withBodies: boolean): NewTrace {
  const spans = context.spans.list()
  return {
    summary: {
      id: context.traceId,
      startedAt: context.startedAt,
      durationMs: outcome.durationMs,
      firstTokenMs: outcome.firstTokenMs,
      status: outcome.status,
      app: context.caller.name,
      dialect: context.dialect,
      model: context.model,
      providerId: context.target?.provider.id ?? null,
      providerModel: context.target?.model ?? null,
      cache: context.cached,
      savedNanoUsd: outcome.savedNanoUsd,
      title: withBodies ? titleOf(context.asked) : '',
      usage: outcome.usage,
      cost: outcome.cost,
      stream: context.stream,
      errorMessage: outcome.error?.message ?? null,
      labels: context.labels ?? noLabels,
      score: null,
      source: 'gateway'
    },
    callerId: context.caller.id,
    chatId: context.chatId ?? null,
    context: context.traceContext ?? null,
    spans: withBodies ? spans : spans.map(({ attributes: _, ...span }) => span),
    outcome: {
      errorCode: outcome.error?.code ?? null,
      finish: outcome.finish,
      servedModel: outcome.servedModel
    },
    route: context.plan && hadChoice(context.plan) ? explainPlan(context.plan) : null,
    warnings: context.warnings,
    requestBody: withBodies ? requestBodyOf(context) : null,
    responseBody: withBodies ? responseBodyOf(outcome) : null
  }
}
