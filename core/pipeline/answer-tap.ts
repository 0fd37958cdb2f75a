import type { ChatEvent } from '../providers/spec/chat.ts'
import { AnswerDigest } from './answer-digest.ts'
import { toHomeportError } from './call-failure.ts'
import type { CallOutcome, CallResult, OpenSpan } from './context.ts'
import type { SilenceWatch } from './silence-watch.ts'
import { StreamPace } from './stream-pace.ts'

export interface TapOptions {
  /** The provider's events, of which these were already taken. */
  source: AsyncIterator<ChatEvent>
  held: IteratorResult<ChatEvent>[]
  stream: boolean
  span: OpenSpan
  nowUs(): number
  signal: AbortSignal
  /** Aborting it stops the upstream; where somebody else did, its reason is why the events end. */
  upstream: AbortController
  maxTextChars: number
  /** Told of every event that is waited for. */
  watch?: SilenceWatch
  /** Told the milliseconds between each two events, from the first token of a stream on. */
  onChunk?: ((gapMs: number) => void) | undefined
  /** Called once, at the end. */
  onEnd?(ending: Ending): void
}

type Ending = Pick<CallOutcome, 'status' | 'error'>

/**
 * Hands events on one by one, as they are asked for, and notes what passes. `done` resolves once, with whichever end
 * comes first: the last event was read, the source threw, the reader left, or the signal fired while nobody was reading.
 */
export function tapAnswer(options: TapOptions): Pick<CallResult, 'events' | 'done'> {
  const { source, held, stream, span, signal, upstream, watch } = options
  const digest = new AnswerDigest(options.maxTextChars)
  const { promise: done, resolve } = Promise.withResolvers<CallOutcome>()
  const pace = new StreamPace()
  let given = 0
  let firstTokenMs: number | null = null
  let ended = false

  const note = (event: ChatEvent): void => {
    digest.add(event)
    if (firstTokenMs === null && stream && digest.hasToken) {
      span.firstToken()
      firstTokenMs = options.nowUs() / 1000
    }
    if (firstTokenMs === null) return
    const gapMs = pace.heard(options.nowUs() / 1000)
    if (gapMs !== null) options.onChunk?.(gapMs)
  }

  const end = (ending: Ending): void => {
    if (ended) return
    ended = true
    signal.removeEventListener('abort', onAbort)
    watch?.end()
    options.onEnd?.(ending)
    span.end({ status: ending.error ? 'error' : 'ok', note: spanNote(ending, digest, pace) })
    resolve({
      ...ending,
      usage: digest.usage,
      finish: digest.finish,
      text: digest.text,
      reasoning: digest.reasoning,
      textTruncated: digest.truncated,
      wire: digest.wire,
      firstTokenMs,
      durationMs: options.nowUs() / 1000,
      servedModel: digest.servedModel,
      cost: { kind: 'unknown' },
      savedNanoUsd: null
    })
  }

  const leave = async (reason: unknown): Promise<void> => {
    end({ status: 'aborted', error: null })
    upstream.abort(reason)
    // the answer is over either way; how the upstream takes its leave changes nothing
    await source.return?.().catch(() => {})
  }

  const onAbort = (): void => {
    void leave(signal.reason)
  }

  const pull = async (): Promise<IteratorResult<ChatEvent>> => {
    watch?.waiting()
    const result = await source.next()
    if (!result.done) {
      watch?.heard(true)
      note(result.value)
    }
    return result
  }

  const events = new OneReader({
    async next() {
      try {
        const result = held[given++] ?? (await pull())
        signal.throwIfAborted()
        if (result.done) end({ status: 'ok', error: null })
        return result
      } catch (thrown) {
        if (signal.aborted) throw signal.reason
        const error = toHomeportError(upstream.signal.aborted ? upstream.signal.reason : thrown)
        end({ status: 'cut', error })
        throw error
      }
    },
    async return() {
      if (!ended) await leave(new DOMException('The reader left', 'AbortError'))
      return { done: true, value: undefined }
    }
  })

  for (const result of held) if (!result.done) note(result.value)
  if (signal.aborted) onAbort()
  else signal.addEventListener('abort', onAbort, { once: true })
  return { events, done }
}

/** Events for one reader. A class, since an object with a symbol of its own takes a new form with every answer. */
class OneReader implements AsyncIterable<ChatEvent> {
  readonly #iterator: AsyncIterator<ChatEvent>

  constructor(iterator: AsyncIterator<ChatEvent>) {
    this.#iterator = iterator
  }

  [Symbol.asyncIterator](): AsyncIterator<ChatEvent> {
    return this.#iterator
  }
}

function spanNote({ status, error }: Ending, digest: AnswerDigest, pace: StreamPace): string | null {
  if (error) return error.message
  const { usage, finish } = digest
  const tokens = usage && `${usage.input.total} tokens in, ${usage.output.total} out`
  const words = pace.words(usage?.output.total ?? null)
  return [status === 'aborted' ? 'stopped' : finish, tokens, ...words].filter(Boolean).join(' · ') || null
}
