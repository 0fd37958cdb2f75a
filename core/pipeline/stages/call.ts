import { tapAnswer } from '../answer-tap.ts'
import { toHomeportError } from '../call-failure.ts'
import type { Stage } from '../context.ts'

/**
 * Asks the provider, and waits for the first event: until then nothing was shown to the client, so that a failure is
 * still an answer of its own (and, later, a reason to ask another provider).
 */
export function callStage({ maxTextChars }: { maxTextChars: number }): Stage {
  return async (context) => {
    const { target, spans, signal, stream } = context
    if (!target) throw new Error('no stage resolved the model')
    const upstream = new AbortController()
    const stop = (reason: unknown): void => upstream.abort(reason)
    const follow = (): void => stop(signal.reason)
    const span = spans.start(`chat ${target.model}`, 'provider')
    signal.addEventListener('abort', follow)
    try {
      signal.throwIfAborted()
      const answer = await (context.perform?.(target, upstream.signal) ??
        target.provider.chat({
          model: target.model,
          stream,
          request: context.request,
          wire: context.wire,
          signal: upstream.signal
        }))
      const source = answer.events[Symbol.asyncIterator]()
      const first = await source.next()
      context.warnings.push(...answer.warnings)
      return {
        head: { wireDialect: answer.wireDialect, headers: answer.headers, warnings: context.warnings },
        ...tapAnswer({ source, first, stream, span, nowUs: spans.nowUs, signal, stop, maxTextChars })
      }
    } catch (thrown) {
      span.end(
        signal.aborted
          ? { note: 'stopped before the first event' }
          : { status: 'error', note: toHomeportError(thrown).message }
      )
      throw thrown
    } finally {
      signal.removeEventListener('abort', follow)
    }
  }
}
