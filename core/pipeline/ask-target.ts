import type { Usage } from '../contract/usage.ts'
import { HomeportError } from '../errors/homeport-error.ts'
import type { ChatAnswer, ChatEvent } from '../providers/spec/chat.ts'
import type { CallContext, ModelTarget } from './context.ts'
import { bringsOutput } from './shown-output.ts'
import { type SilenceLimits, SilenceWatch } from './silence-watch.ts'

/** More events than this before the first output are handed on: they may be the answer. */
const MAX_HELD_EVENTS = 1000

export interface AskOptions {
  target: ModelTarget
  limits: SilenceLimits
  /** Hold back what comes before the first output: if it fails until then, another model can still answer. */
  holdBack: boolean
  /** Throw `content-refused` for an answer that is nothing but a refusal. */
  refusalFails: boolean
  /** Filled in as it is learnt, also when this throws. */
  report: AttemptReport
}

/** What an attempt cost, as far as the upstream said. */
export interface AttemptReport {
  usage: Usage | null
  servedModel: string | null
}

/** An answer that has begun. */
export interface OpenAnswer {
  answer: ChatAnswer
  source: AsyncIterator<ChatEvent>
  /** Events that were taken from the source already, in their order. */
  held: IteratorResult<ChatEvent>[]
  upstream: AbortController
  watch: SilenceWatch
}

/**
 * Asks one target, and waits for the first event, or for the first output: until then nothing was shown to the client, so
 * that a failure is still an answer of its own, and a reason to ask another. Throws `timeout` for an upstream that is
 * silent for too long. Whatever it throws, the upstream is stopped.
 */
export async function askTarget(
  { caller, request, wire, stream, signal, perform, passages }: CallContext,
  { target, limits, holdBack, refusalFails, report }: AskOptions
): Promise<OpenAnswer> {
  signal.throwIfAborted()
  const upstream = new AbortController()
  const follow = (): void => upstream.abort(signal.reason)
  const watch = new SilenceWatch(limits, (limitMs, hasBegun) =>
    upstream.abort(silent(target, limitMs, hasBegun))
  )
  signal.addEventListener('abort', follow)
  try {
    const { provider, model } = target
    const answer = await (perform?.(target, upstream.signal) ??
      provider.chat({
        model,
        stream,
        request,
        wire,
        caller: caller.id,
        signal: upstream.signal,
        ...(passages && { passages })
      }))
    const source = answer.events[Symbol.asyncIterator]()
    const held: IteratorResult<ChatEvent>[] = []
    let isRefused = false
    for (;;) {
      const result = await source.next()
      held.push(result)
      if (result.done) break
      const hasOutput = bringsOutput(result.value)
      watch.heard(hasOutput)
      if (hasOutput || !(holdBack || refusalFails) || held.length > MAX_HELD_EVENTS) {
        isRefused = false
        break
      }
      isRefused = note(report, result.value) || isRefused
      watch.waiting()
    }
    if (isRefused && refusalFails) throw refused(target)
    return { answer, source, held, upstream, watch }
  } catch (thrown) {
    watch.end()
    if (!upstream.signal.aborted) {
      upstream.abort(thrown)
      throw thrown
    }
    throw upstream.signal.reason
  } finally {
    signal.removeEventListener('abort', follow)
  }
}

/** Returns whether the event says that the content policy ended the answer. */
function note(report: AttemptReport, { parts }: ChatEvent): boolean {
  let isRefused = false
  for (const part of parts) {
    if (part.type === 'usage') report.usage = part.usage
    else if (part.type === 'served-model') report.servedModel = part.model
    else if (part.type === 'finish') isRefused = part.reason === 'content-filter'
  }
  return isRefused
}

function silent({ provider, model }: ModelTarget, limitMs: number, hasBegun: boolean): HomeportError {
  const seconds = Math.round(limitMs / 100) / 10
  return new HomeportError(
    'timeout',
    hasBegun
      ? `${provider.id}/${model} stopped in the middle of its answer: it sent nothing for ${seconds} seconds.`
      : `${provider.id}/${model} did not begin to answer within ${seconds} seconds.`,
    { status: 504 }
  )
}

const refused = ({ provider, model }: ModelTarget): HomeportError =>
  new HomeportError('content-refused', `${provider.id}/${model} refused the request by its content policy.`)
