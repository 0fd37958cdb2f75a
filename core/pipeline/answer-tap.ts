import type { ChatEvent } from '../providers/spec/chat.ts'
import { AnswerDigest } from './answer-digest.ts'
import { toHomeportError } from './call-failure.ts'
import type { CallOutcome, CallResult, OpenSpan } from './context.ts'

export interface TapOptions {
  /** The provider's events, of which the first was already taken. */
  source: AsyncIterator<ChatEvent>
  first: IteratorResult<ChatEvent>
  stream: boolean
  span: OpenSpan
  nowUs(): number
  signal: AbortSignal
  /** Stops the upstream. */
  stop(reason: unknown): void
  maxTextChars: number
}

/**
 * Hands events on one by one, as they are asked for, and notes what passes. `done` resolves once, with whichever end
 * comes first: the last event was read, the source threw, the reader left, or the signal fired while nobody was reading.
 */
export function tapAnswer(options: TapOptions): Pick<CallResult, 'events' | 'done'> {
  const { source, stream, span, signal } = options
  const digest = new AnswerDigest(options.maxTextChars)
  const { promise: done, resolve } = Promise.withResolvers<CallOutcome>()
  let taken: IteratorResult<ChatEvent> | null = options.first
  let firstTokenMs: number | null = null
  let ended = false

  const note = (event: ChatEvent): void => {
    digest.add(event)
    if (firstTokenMs === null && stream && digest.hasToken) {
      span.firstToken()
      firstTokenMs = options.nowUs() / 1000
    }
  }

  const end = (ending: Pick<CallOutcome, 'status' | 'error'>): void => {
    if (ended) return
    ended = true
    signal.removeEventListener('abort', onAbort)
    span.end({ status: ending.error ? 'error' : 'ok', note: spanNote(ending, digest) })
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
      cost: { kind: 'unknown' }
    })
  }

  const leave = async (reason: unknown): Promise<void> => {
    end({ status: 'aborted', error: null })
    options.stop(reason)
    // the answer is over either way; how the upstream takes its leave changes nothing
    await source.return?.().catch(() => {})
  }

  const onAbort = (): void => {
    void leave(signal.reason)
  }

  const pull = async (): Promise<IteratorResult<ChatEvent>> => {
    const result = await source.next()
    if (!result.done) note(result.value)
    return result
  }

  const iterator: AsyncIterator<ChatEvent> = {
    async next() {
      try {
        const result = taken ?? (await pull())
        taken = null
        signal.throwIfAborted()
        if (result.done) end({ status: 'ok', error: null })
        return result
      } catch (thrown) {
        if (signal.aborted) throw signal.reason
        const error = toHomeportError(thrown)
        end({ status: 'cut', error })
        throw error
      }
    },
    async return() {
      if (!ended) await leave(new DOMException('The reader left', 'AbortError'))
      return { done: true, value: undefined }
    }
  }

  if (!options.first.done) note(options.first.value)
  if (signal.aborted) onAbort()
  else signal.addEventListener('abort', onAbort, { once: true })
  return { events: { [Symbol.asyncIterator]: () => iterator }, done }
}

function spanNote(
  { status, error }: Pick<CallOutcome, 'status' | 'error'>,
  digest: AnswerDigest
): string | null {
  if (error) return error.message
  const { usage, finish } = digest
  const tokens = usage && `${usage.input.total} tokens in, ${usage.output.total} out`
  return [status === 'aborted' ? 'stopped' : finish, tokens].filter(Boolean).join(' · ') || null
}
