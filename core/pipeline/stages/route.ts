import { setTimeout as delay } from 'node:timers/promises'
import type { CallStatus, Span } from '../../contract/traces.ts'
import type { HomeportError } from '../../errors/homeport-error.ts'
import { readFailure } from '../../routing/read-failure.ts'
import type { RoutePlan } from '../../routing/route-plan.ts'
import type { Attempt, Health } from '../../routing/target-health.ts'
import { tapAnswer } from '../answer-tap.ts'
import { type AttemptReport, askTarget } from '../ask-target.ts'
import { AttemptOrder, MAX_PAUSE_MS, type Turn } from '../attempt-order.ts'
import { toHomeportError } from '../call-failure.ts'
import type { CallContext, CallResult, ModelTarget, OpenSpan, Stage } from '../context.ts'
import type { SilenceLimits } from '../silence-watch.ts'

/**
 * How long an upstream may be silent where no alias says so. A plain answer comes in one piece, and may be thought about
 * first: it gets as long as the official SDKs wait. A model of this machine gets as long as it needs.
 */
const FIRST_TOKEN_MS = 300_000
const PLAIN_ANSWER_MS = 600_000
const IDLE_MS = 180_000
/** Programs hear of a longer wait at once, and can wait themselves; of a person's own chat the app is the program. */
const LONGEST_WAIT_FOR_PROGRAMS_MS = 5000

export interface RouteOptions {
  health: Pick<Health, 'begin' | 'restsUntil'>
  /** Gives who is told the milliseconds between each two events of one streamed answer. */
  chunkTimer?(dialect: string, providerId: string, model: string): (gapMs: number) => void
  /** From 0 to below 1. */
  random?: () => number
  /** Waits, or rejects with the signal's reason. */
  pause?: (ms: number, signal: AbortSignal) => Promise<unknown>
  maxTextChars: number
}

/**
 * Asks the plan's models, one after the other, until one answers. After the first output was handed on nobody else is
 * asked: an error is then the end of the answer.
 */
export function routeStage(options: RouteOptions): Stage {
  const { health, random = Math.random, pause = pauseFor } = options
  return async (context) => {
    const { plan, signal, spans, caller } = context
    if (!plan) throw new Error('no stage made a plan')
    const order = new AttemptOrder(plan, {
      longestWaitMs: caller.kind === 'app' ? MAX_PAUSE_MS : LONGEST_WAIT_FOR_PROGRAMS_MS,
      restsUntil: health.restsUntil,
      now: () => spans.nowUs() / 1000,
      random
    })
    let turn = order.first()
    for (;;) {
      const attempt = new RunningAttempt(context, turn, order.attempts, health)
      try {
        return await open(attempt, plan, order, options)
      } catch (thrown) {
        if (signal.aborted) {
          attempt.left()
          throw thrown
        }
        const error = toHomeportError(thrown)
        attempt.failed(error)
        const following = order.after(turn, error)
        if (!following) {
          error.retriedInVain = order.attempts > 1 && !order.isLeftToCaller
          throw error
        }
        if (readFailure(error).billed) context.warnings.push(mayBeBilled(error))
        if (following.pauseMs > 0) await pause(following.pauseMs, signal)
        turn = following
      }
    }
  }
}

async function open(
  attempt: RunningAttempt,
  plan: RoutePlan,
  order: AttemptOrder,
  { maxTextChars, chunkTimer }: Pick<RouteOptions, 'maxTextChars' | 'chunkTimer'>
): Promise<CallResult> {
  const { context, target } = attempt
  const { stream, spans, signal, warnings } = context
  const hasOthers = order.hasFresh
  const { answer, source, held, upstream, watch } = await askTarget(context, {
    target,
    limits: limitsOf(context, plan, target),
    holdBack: hasOthers,
    refusalFails: hasOthers && plan.fallbackOnRefusal,
    report: attempt.report
  })
  attempt.answering()
  warnings.push(...answer.warnings)
  return {
    head: { wireDialect: answer.wireDialect, headers: answer.headers, warnings },
    ...tapAnswer({
      source,
      held,
      stream,
      span: attempt.span,
      nowUs: spans.nowUs,
      signal,
      upstream,
      maxTextChars,
      watch,
      onChunk: stream ? chunkTimer?.(context.dialect, target.provider.id, target.model) : undefined,
      onEnd: ({ status, error }) => attempt.ended(status, error)
    })
  }
}

/** One attempt in the waterfall, in the health of its target, and in what the call is booked as. */
class RunningAttempt {
  readonly context: CallContext
  readonly target: ModelTarget
  readonly report: AttemptReport = { usage: null, servedModel: null }
  readonly span: OpenSpan
  readonly #number: number
  readonly #startUs: number
  readonly #health: Attempt

  constructor(
    context: CallContext,
    { candidate, seat }: Turn,
    number: number,
    health: RouteOptions['health']
  ) {
    this.context = context
    this.target = { provider: seat.provider, model: candidate.model }
    context.target = this.target
    this.#number = number
    this.#startUs = context.spans.nowUs()
    this.#health = health.begin(candidate.address, seat)
    const span = context.spans.start(`chat ${candidate.model}`, 'provider')
    this.span = {
      id: span.id,
      firstToken: () => {
        span.firstToken()
        this.#health.answering(this.#passedMs())
      },
      end: ({ status = 'ok', note = null } = {}) => span.end({ status, note: this.#noted(status, note) })
    }
  }

  /** The answer has begun. */
  answering(): void {
    this.#health.answering(null)
  }

  /** The answer that began has ended. */
  ended(status: CallStatus, error: HomeportError | null): void {
    if (error) this.#health.failed(error)
    else if (status === 'ok') this.#health.succeeded()
    else this.#health.dropped()
  }

  /** It failed before anything was handed on. */
  failed(error: HomeportError): void {
    const { context, target, report } = this
    this.#health.failed(error)
    this.span.end({ status: 'error', note: error.message })
    context.failedAttempts.push({ target, error, ...report, durationMs: this.#passedMs() })
  }

  /** The client left before anything was handed on. */
  left(): void {
    this.#health.dropped()
    this.span.end({ note: 'stopped before the first event' })
  }

  #passedMs(): number {
    return (this.context.spans.nowUs() - this.#startUs) / 1000
  }

  /** A first attempt that succeeds is the usual case, and needs no words. */
  #noted(status: Span['status'], note: string | null): string | null {
    if (this.#number === 1 && status === 'ok') return note
    return [`${this.target.provider.id}, attempt ${this.#number}`, note].filter(Boolean).join(' · ')
  }
}

function limitsOf(
  { stream, perform }: CallContext,
  plan: RoutePlan,
  { provider }: ModelTarget
): SilenceLimits {
  const isStream = stream && !perform
  const usual = isStream ? FIRST_TOKEN_MS : PLAIN_ANSWER_MS
  // nothing is waited for after the one piece of a plain answer
  const idle = stream || perform ? IDLE_MS : null
  return {
    firstTokenMs: plan.firstTokenTimeoutMs ?? (provider.onDevice ? null : usual),
    idleMs: plan.idleTimeoutMs ?? (provider.onDevice ? null : idle)
  }
}

const mayBeBilled = ({ message }: HomeportError): string =>
  `asked again after: ${message} That attempt may have been billed`

const pauseFor = (ms: number, signal: AbortSignal): Promise<void> =>
  delay(ms, undefined, { signal, ref: false })
