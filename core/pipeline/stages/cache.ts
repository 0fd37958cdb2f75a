import type { AnswerCache } from '../../cache/answer-cache.ts'
import { type CacheKeyParts, cacheKey } from '../../cache/cache-key.ts'
import type { CachedAnswer } from '../../cache/cached-answer.ts'
import { lastQuestion } from '../../cache/last-question.ts'
import type { AskedQuestion } from '../../cache/similar-questions.ts'
import { similarityThreshold } from '../../cache/similarity-threshold.ts'
import { HomeportError } from '../../errors/homeport-error.ts'
import { canonicalJson } from '../../lib/canonical-json.ts'
import type { ChatEvent } from '../../providers/spec/chat.ts'
import { tapAnswer } from '../answer-tap.ts'
import type { CallContext, CallResult, ModelTarget, Next, OpenSpan, Stage } from '../context.ts'
import { copyEvents } from './cache-copy.ts'

export interface CacheOptions {
  cache: AnswerCache
  /** Everyone who may answer the call, in any order. */
  targetsOf(context: CallContext): readonly ModelTarget[]
  maxTextChars: number
}

/** What the settings and the client come to for one call. */
interface Use {
  read: boolean
  keep: boolean
  /** Ask nobody. */
  only: boolean
  /** How near a question in other words must be; null: only this very request. */
  threshold: number | null
}

/** A kept answer that fits a call. */
interface Found {
  answer: CachedAnswer
  /** The call it was made for, where that asked in other words. */
  similar: { similarity: number; traceId: string } | null
}

const addressOf = ({ provider, model }: ModelTarget): string => `${provider.id}/${model}`

/**
 * Answers a chat of a program with what the same request of the same program got before, or where that is wanted the same
 * question in other words, without asking anybody; keeps
 * what was answered completely. Does nothing where neither the person nor the client wants it. Throws `unavailable` with
 * status 504 when the client wants a kept answer or none.
 */
export function cacheStage({ cache, targetsOf, maxTextChars }: CacheOptions): Stage {
  const cached = async (context: CallContext, use: Use, next: Next): Promise<CallResult> => {
    const parts = keyPartsOf(context, targetsOf(context))
    const key = parts && cacheKey(parts)
    // passages in front of the words would make any two questions about them alike
    const mayBeSimilar = use.threshold !== null && !context.passages
    const asked = parts && mayBeSimilar ? askedIn(context, parts) : null
    const found = key !== null && use.read ? await findFor(context, cache, key, asked, use.threshold) : null
    if (found) {
      const { model } = found.answer
      context.target = targetsOf(context).find((target) => addressOf(target) === model) ?? null
      return replay(context, found, maxTextChars)
    }
    if (use.only) throw nothingKept()
    if (key === null) return next()
    context.cached = 'miss'
    context.spans.start('cache', 'stage').end({ note: 'miss' })
    const result = await next()
    const head: CallResult['head'] = { ...result.head, cache: 'miss' }
    return use.keep ? { ...keepWhenDone(context, result, key, asked, cache), head } : { ...result, head }
  }
  return (context, next) => {
    const use = useOf(context, cache)
    return use ? cached(context, use, next) : next()
  }
}

function useOf({ cache: wish, caller, perform }: CallContext, cache: AnswerCache): Use | null {
  const mode = wish?.mode ?? 'default'
  if (mode === 'off' || (mode === 'default' && !cache.settings().enabled)) return null
  const only = mode === 'only'
  // the app's own chats mean it when they ask again; what is no chat comes to its route by another way than events
  if (caller.kind !== 'app-key' || perform)
    return only ? { read: false, keep: false, only, threshold: null } : null
  const likeness = mode === 'similar' ? true : mode === 'exact' ? false : null
  const threshold = similarityThreshold(cache.settings(), caller.id, likeness)
  return { read: mode !== 'refresh', keep: !only, only, threshold }
}

/** Null for a request that does more than to be answered. */
function keyPartsOf({ caller, wire }: CallContext, targets: readonly ModelTarget[]): CacheKeyParts | null {
  if (!wire || wire.json.background === true || wire.json.conversation) return null
  const addresses = targets.map(addressOf).sort()
  const { dialect, headers, json } = wire
  return { appKeyId: caller.id, dialect, targets: addresses, headers, body: json }
}

/** The question at the request's end; whoever asks it in other words must agree in all else. */
function askedIn({ wire }: CallContext, parts: CacheKeyParts): AskedQuestion | null {
  const question = wire && lastQuestion(wire.dialect, wire.json)
  return question && { text: question.text, partition: cacheKey({ ...parts, body: question.rest }) }
}

/** The mode of an answer decides about its wire form: a stream may have been asked for with usage or without. */
const modeOf = ({ stream, wire }: CallContext): string =>
  stream ? `stream ${canonicalJson(wire?.json.stream_options ?? null)}` : 'plain'

async function findFor(
  context: CallContext,
  cache: AnswerCache,
  key: string,
  asked: AskedQuestion | null,
  threshold: number | null
): Promise<Found | null> {
  const age = context.cache?.maxAgeSeconds ?? null
  const maxAgeMs = age === null ? undefined : age * 1000
  const same = cache.find(key, maxAgeMs)
  const exact = same && asModeOf(context, same)
  if (exact) return { answer: exact, similar: null }
  const similar = asked && threshold !== null ? await cache.findSimilar(asked, threshold, maxAgeMs) : null
  const answer = similar && asModeOf(context, similar.answer)
  return answer && { answer, similar }
}

/** The answer in the form this call can be given; null where there is none. */
function asModeOf(context: CallContext, found: CachedAnswer): CachedAnswer | null {
  if (!found.isWire || found.mode === modeOf(context)) return found
  // the meaning holds one choice of several
  if (Number(context.wire?.json.n ?? 1) > 1) return null
  return { ...found, isWire: false }
}

async function replay(
  context: CallContext,
  { answer: { events, isWire, warnings }, similar }: Found,
  maxTextChars: number
): Promise<CallResult> {
  const { signal, spans, stream, wire } = context
  signal.throwIfAborted()
  context.cached = 'hit'
  context.warnings.push(...warnings)
  const source = replayed(events, isWire)
  return {
    head: {
      wireDialect: isWire && wire ? wire.dialect : null,
      headers: {},
      warnings: context.warnings,
      cache: 'hit',
      ...(similar && { similarity: similar.similarity })
    },
    ...tapAnswer({
      source,
      held: [await source.next()],
      stream,
      span: hitSpan(context, similar),
      nowUs: spans.nowUs,
      signal,
      upstream: new AbortController(),
      maxTextChars
    })
  }
}

async function* replayed(events: readonly ChatEvent[], isWire: boolean): AsyncGenerator<ChatEvent> {
  for (const event of events) yield isWire ? event : { parts: event.parts }
}

function hitSpan({ spans }: CallContext, similar: Found['similar']): OpenSpan {
  const span = spans.start('cache', 'stage')
  const hit = similar ? `hit · ${similar.similarity.toFixed(3)} like trace ${similar.traceId}` : 'hit'
  return {
    ...span,
    end: ({ note, ...result } = {}) => span.end({ ...result, note: note ? `${hit} · ${note}` : hit })
  }
}

function keepWhenDone(
  context: CallContext,
  result: CallResult,
  key: string,
  asked: AskedQuestion | null,
  cache: AnswerCache
): CallResult {
  const copy = copyEvents(result.events)
  const done = result.done.then((outcome) => {
    const isWhole = outcome.finish === 'stop' || outcome.finish === 'tool-calls'
    const events = copy.take()
    if (outcome.status === 'ok' && isWhole && events && context.target) {
      const { wireDialect } = result.head
      const answer = {
        model: addressOf(context.target),
        mode: modeOf(context),
        isWire: wireDialect !== null && wireDialect === context.wire?.dialect,
        warnings: [...context.warnings],
        events
      }
      cache.keep(key, answer, asked ? { ...asked, traceId: context.traceId } : undefined)
    }
    return outcome
  })
  return { ...result, events: copy.events, done }
}

function nothingKept(): HomeportError {
  return new HomeportError('unavailable', 'No answer to this request is kept.', {
    status: 504,
    action: 'Ask without `x-homeport-cache: only`.'
  })
}
