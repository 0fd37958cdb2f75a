import type { AnswerCache } from '../../cache/answer-cache.ts'
import { cacheKey } from '../../cache/cache-key.ts'
import type { CachedAnswer } from '../../cache/cached-answer.ts'
import { HomeportError } from '../../errors/homeport-error.ts'
import { canonicalJson } from '../../lib/canonical-json.ts'
import type { ChatEvent } from '../../providers/spec/chat.ts'
import { tapAnswer } from '../answer-tap.ts'
import type { CallContext, CallResult, ModelTarget, OpenSpan, Stage } from '../context.ts'
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
}

const addressOf = ({ provider, model }: ModelTarget): string => `${provider.id}/${model}`

/**
 * Answers a chat of a program with what the same request of the same program got before, without asking anybody; keeps
 * what was answered completely. Does nothing where neither the person nor the client wants it. Throws `unavailable` with
 * status 504 when the client wants a kept answer or none.
 */
export function cacheStage({ cache, targetsOf, maxTextChars }: CacheOptions): Stage {
  return async (context, next) => {
    const use = useOf(context, cache)
    if (!use) return next()
    const key = keyOf(context, targetsOf(context))
    const found = key !== null && use.read ? findFor(context, cache, key) : null
    if (found) {
      context.target = targetsOf(context).find((target) => addressOf(target) === found.model) ?? null
      return replay(context, found, maxTextChars)
    }
    if (use.only) throw nothingKept()
    if (key === null) return next()
    context.cached = 'miss'
    context.spans.start('cache', 'stage').end({ note: 'miss' })
    const result = await next()
    const head: CallResult['head'] = { ...result.head, cache: 'miss' }
    return use.keep ? { ...keepWhenDone(context, result, key, cache), head } : { ...result, head }
  }
}

function useOf({ cache: wish, caller, perform }: CallContext, cache: AnswerCache): Use | null {
  const mode = wish?.mode ?? 'default'
  if (mode === 'off' || (mode === 'default' && !cache.settings().enabled)) return null
  const only = mode === 'only'
  // the app's own chats mean it when they ask again; what is no chat comes to its route by another way than events
  if (caller.kind !== 'app-key' || perform) return only ? { read: false, keep: false, only } : null
  return { read: mode !== 'refresh', keep: !only, only }
}

/** Null for a request that does more than to be answered. */
function keyOf({ caller, wire }: CallContext, targets: readonly ModelTarget[]): string | null {
  if (!wire || wire.json.background === true || wire.json.conversation) return null
  const addresses = targets.map(addressOf).sort()
  const { dialect, headers, json } = wire
  return cacheKey({ appKeyId: caller.id, dialect, targets: addresses, headers, body: json })
}

/** The mode of an answer decides about its wire form: a stream may have been asked for with usage or without. */
const modeOf = ({ stream, wire }: CallContext): string =>
  stream ? `stream ${canonicalJson(wire?.json.stream_options ?? null)}` : 'plain'

function findFor(context: CallContext, cache: AnswerCache, key: string): CachedAnswer | null {
  const age = context.cache?.maxAgeSeconds
  const found = cache.find(key, age === null || age === undefined ? undefined : age * 1000)
  if (!found?.isWire || found.mode === modeOf(context)) return found
  // the meaning holds one choice of several
  if (Number(context.wire?.json.n ?? 1) > 1) return null
  return { ...found, isWire: false }
}

async function replay(
  context: CallContext,
  { events, isWire, warnings }: CachedAnswer,
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
      cache: 'hit'
    },
    ...tapAnswer({
      source,
      held: [await source.next()],
      stream,
      span: hitSpan(context),
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

function hitSpan({ spans }: CallContext): OpenSpan {
  const span = spans.start('cache', 'stage')
  return {
    ...span,
    end: ({ note, ...result } = {}) => span.end({ ...result, note: note ? `hit · ${note}` : 'hit' })
  }
}

function keepWhenDone(context: CallContext, result: CallResult, key: string, cache: AnswerCache): CallResult {
  const copy = copyEvents(result.events)
  const done = result.done.then((outcome) => {
    const isWhole = outcome.finish === 'stop' || outcome.finish === 'tool-calls'
    const events = copy.take()
    if (outcome.status === 'ok' && isWhole && events && context.target) {
      const { wireDialect } = result.head
      cache.keep(key, {
        model: addressOf(context.target),
        mode: modeOf(context),
        isWire: wireDialect !== null && wireDialect === context.wire?.dialect,
        warnings: [...context.warnings],
        events
      })
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
