import type { FromEngine } from '../../contract/engine-frames.ts'
import { EngineError } from './engine-error.ts'

/** How a request ends that threw, or was stopped. What an unknown error says is not for the person. */
export function failureFrame(id: number, error: unknown): FromEngine {
  const { code, message } =
    error instanceof EngineError ? error : new EngineError('failed', 'The engine could not answer.')
  return { type: 'error', id, code, message }
}

/** The end of a request that was stopped before it came to anything. */
export function cancelledFrame(id: number): FromEngine {
  const input = { total: 0, noCache: 0, cacheRead: 0, cacheWrite5m: 0, cacheWrite1h: 0 }
  const usage = { input, output: { total: 0, text: 0, reasoning: 0 } }
  const timings = { promptMs: 0, outputMs: 0 }
  return { type: 'end', id, finish: 'cancelled', stopSequence: null, usage, timings }
}

/** How a stopped request ends: in the words of who stopped it, if there are any. */
export function stoppedFrame(id: number, reason: unknown): FromEngine {
  return reason instanceof EngineError ? failureFrame(id, reason) : cancelledFrame(id)
}
