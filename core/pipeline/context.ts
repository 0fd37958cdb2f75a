import type { Citation } from '../contract/knowledge.ts'
import type { CallLabels, CallStatus, Span } from '../contract/traces.ts'
import type { Cost, Usage } from '../contract/usage.ts'
import type { HomeportError } from '../errors/homeport-error.ts'
import type {
  ChatAnswer,
  ChatEvent,
  ChatRequest,
  Dialect,
  FinishReason,
  WireRequest
} from '../providers/spec/chat.ts'
import type { ModelProvider } from '../providers/spec/provider.ts'
import type { RoutePlan } from '../routing/route-plan.ts'
import type { TraceContext } from '../traces/new-trace.ts'
import type { NumberedPassage } from './grounding/retriever.ts'

/** Who makes a call: a program with an app key, or the app itself. */
export interface Caller {
  kind: 'app-key' | 'app'
  /** The app key's id; for the app, the feature: `chat`, `quick-prompt`, `command-line`. */
  id: string
  /** As shown in Activity. */
  name: string
}

/** What a call asks for, and in which dialect's words, beside the dialects of chats. */
export type OtherDialect =
  | 'count-tokens'
  | 'openai-embeddings'
  | 'ollama-embed'
  | 'google-embed'
  | 'rerank'
  | 'openai-images'
  | 'openai-audio'
  | 'openai-moderations'

/**
 * Asks one target something other than a chat. Its answer is events all the same (usage above all), so that it is recorded,
 * priced, retried and handed to another target like a chat. Throws as `ModelProvider.chat` does.
 */
export type Perform = (target: ModelTarget, signal: AbortSignal) => Promise<ChatAnswer>

/** What a route hands to the pipeline. */
export interface CallInput {
  caller: Caller
  dialect: Dialect | OtherDialect
  /** Absent for a chat. */
  perform?: Perform
  /** The request must not leave this machine. */
  onDeviceOnly?: boolean
  /** Its texts must not be recorded, whatever the settings say. */
  withoutTexts?: boolean
  /** What the client wants of the cache; absent is `default`. */
  cache?: CacheWish
  /** As the client wrote it. */
  model: string
  stream: boolean
  request: () => ChatRequest
  wire: WireRequest | null
  /** Aborted when the client goes away or stops the turn. */
  signal: AbortSignal
  /** What the client says about the call. */
  labels?: CallLabels
  /** What the call is a part of, where its client says so (W3C trace context). */
  traceContext?: TraceContext
  /**
   * Scopes of the person's notes and files that the answer is looked up in: `*`, `vault/Food#recipe`. Empty: nothing is;
   * absent: as the alias has it.
   */
  knowledge?: readonly string[]
  /** Scopes that the caller may read. The app itself may read everything; a program for which nothing is said, nothing. */
  readable?: readonly string[]
  /** The chat turn this call answers, so that its trace can be found from the message. */
  chatId?: string
}

/**
 * `on`: read and keep, whatever the settings say; `similar` also reads answers to questions that ask the same in other
 * words, and `exact` does not, whatever the settings say. `only`: answer from the cache or not at all. `refresh`: ask, and
 * keep the answer. `off`: neither read nor keep. `default` follows the settings.
 */
export interface CacheWish {
  mode: 'default' | 'on' | 'similar' | 'exact' | 'only' | 'refresh' | 'off'
  /** Answers older than this do not count; null: those the settings still allow. */
  maxAgeSeconds: number | null
}

/** One call on its way through the stages. Stages fill in what they find out. */
export interface CallContext extends CallInput {
  /** The call as it came in, before anything was added to its request. */
  readonly asked: CallInput
  readonly traceId: string
  readonly startedAt: number
  readonly spans: SpanRecorder
  readonly warnings: string[]
  /** Set by resolve. */
  plan: RoutePlan | null
  /** Who answers. Resolve sets who is asked first; route changes it with every attempt. */
  target: ModelTarget | null
  /** Of those before the last one, filled by route. */
  readonly failedAttempts: FailedAttempt[]
  /** Set by retrieve; null where nothing was looked up. */
  passages: readonly NumberedPassage[] | null
  /** Set by cache; null where it had no part in the call. */
  cached: 'hit' | 'miss' | null
  /** Set by settle when the call failed before its first event; otherwise the outcome travels in `done`. */
  failure: CallOutcome | null
}

/** A model and who serves it. `model` is its id at the provider. */
export interface ModelTarget {
  provider: ModelProvider
  model: string
}

/** A target that was asked in vain before another one answered, or none did. */
export interface FailedAttempt {
  target: ModelTarget
  error: HomeportError
  /** What it reported all the same; it may have billed that. */
  usage: Usage | null
  servedModel: string | null
  durationMs: number
}

/** Collects the waterfall of one call. Times are microseconds since the call began. */
export interface SpanRecorder {
  nowUs(): number
  start(name: string, kind: Span['kind'], parentId?: string | null): OpenSpan
  list(): Span[]
}
export interface OpenSpan {
  readonly id: string
  firstToken(): void
  end(result?: { status?: Span['status']; note?: string | null; attributes?: Record<string, unknown> }): void
}

/** How a call ended, known when its last event was handed on. */
export interface CallOutcome {
  status: CallStatus
  error: HomeportError | null
  usage: Usage | null
  finish: FinishReason | null
  /** The answer's text and reasoning as the client got them, cut at the pipeline's limit. */
  text: string
  reasoning: string
  textTruncated: boolean
  /** What the upstream sent, kept where it holds no text to show (tool calls only, say). */
  wire: string | null
  /** From the call's start to the first text or reasoning of a streamed answer. */
  firstTokenMs: number | null
  durationMs: number
  servedModel: string | null
  /** Settle fills it in; until then it is unknown. */
  cost: Cost
  /** What a kept answer spared; null where nobody knows, and where there was none. Settle fills it in. */
  savedNanoUsd: number | null
  /** The passages that were found for it, held against what it says; absent where nothing was looked up. */
  citations?: Citation[]
}

/** What a stage returns. `done` never rejects; it resolves once, also when the events are never read. */
export interface CallResult {
  head: {
    wireDialect: Dialect | null
    headers: Record<string, string>
    warnings: string[]
    /** Absent where the cache had no part in the call. */
    cache?: 'hit' | 'miss'
    /** Of the question that was answered before, where it was not this very one: from 0 to 1. */
    similarity?: number
    /** What was found for it; absent where nothing was looked up. */
    sources?: readonly NumberedPassage[]
  }
  events: AsyncIterable<ChatEvent>
  done: Promise<CallOutcome>
}

/** Hands the call on to the stages after this one. */
export type Next = () => Promise<CallResult>
export type Stage = (context: CallContext, next: Next) => Promise<CallResult>

/** The whole pipeline as routes and turns see it. A call that fails before its first event rejects with a HomeportError. */
export interface Pipeline {
  call(input: CallInput): Promise<CallResult & { traceId: string; model: string }>
}
