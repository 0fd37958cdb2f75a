import type { IncomingMessage, ServerResponse } from 'node:http'
import type { CallInput, CallResult, Pipeline } from '../pipeline/context.ts'
import { createWishes } from './client-wishes.ts'
import type { Principal } from './credential.ts'
import { estimateTokens } from './estimate-tokens.ts'
import type { Admission, KeyLimiter } from './key-limiter.ts'
import { limitHeaders, withoutLimitHeaders } from './key-limiter-headers.ts'

/** Where nothing but its size is known of a request. */
const BYTES_PER_TOKEN = 4
/** Of a request this small its size tells enough: what its call really took is known soon. */
const SMALL_BYTES = 2048

export interface Client {
  req: IncomingMessage
  res: ServerResponse
  key: Extract<Principal, { kind: 'app-key' }>
  /** Whose names the headers about limits have. */
  headerStyle: 'openai' | 'anthropic'
}

/** What one request of a program works with. */
export interface ClientCalls {
  pipeline: Pipeline
  /** Resolves when it is the turn of one call that asks no model. */
  admit(signal: AbortSignal): Promise<void>
  /** Writes what the key has left into the headers of an answer that no call has made: a list, or an error. */
  showAllowance(): void
}

/**
 * The pipeline as one request of a program sees it: what its headers and its key ask for is part of every call it makes,
 * each call waits for the key's turn, and what the key has left stands in the head of the answer. Throws `bad-request` for
 * wishes that nobody knows; calls throw `rate-limited`.
 */
export function clientCalls(pipeline: Pipeline, limiter: KeyLimiter, client: Client): ClientCalls {
  const { req, res, key, headerStyle } = client
  const asked = createWishes(req.headers)
  const { limits } = key
  const isLimited = limits.requestsPerMinute !== null || limits.tokensPerMinute !== null

  const call: Pipeline['call'] = (input) => {
    const { onDeviceOnly, knowledge: readable = [] } = limits
    return pipeline.call({ ...asked(input), readable, ...(onDeviceOnly && { onDeviceOnly }) })
  }
  if (!isLimited) return { pipeline: { call }, admit: letIn, showAllowance() {} }

  const allowance = () => limitHeaders(limiter.allowance(key.id, limits), headerStyle, Date.now())
  const limitedCall: Pipeline['call'] = async (input) => {
    const estimate = limits.tokensPerMinute === null ? 0 : estimateOf(input, req)
    const admission = await limiter.admit(key.id, limits, estimate, input.signal)
    try {
      const result = await call(input)
      const headers = withoutLimitHeaders(result.head.headers)
      if (input.stream) Object.assign(headers, allowance())
      const done = result.done.then((outcome) => {
        correct(admission, result.head.cache === 'hit' ? 0 : tokensOf(outcome))
        // a plain answer is still to be written when it is known what it took
        if (!input.stream) Object.assign(headers, allowance())
        return outcome
      })
      return { ...result, done, head: { ...result.head, headers } }
    } catch (error) {
      // who leaves early may have been answered in part; a failed call took nothing
      if (!input.signal.aborted) admission.correct(0)
      throw error
    }
  }
  return {
    pipeline: { call: limitedCall },
    async admit(signal) {
      await limiter.admit(key.id, limits, 0, signal)
    },
    showAllowance() {
      if (res.headersSent) return
      for (const [name, value] of Object.entries(allowance())) res.setHeader(name, value)
    }
  }
}

/** For a key without limits. */
const letIn = async (): Promise<void> => {}

function estimateOf({ perform, request, wire }: CallInput, req: IncomingMessage): number {
  const bytes = wire?.body.length ?? Number(req.headers['content-length'] ?? 0)
  const bySize = Math.ceil(bytes / BYTES_PER_TOKEN)
  if (perform || bytes < SMALL_BYTES) return bySize
  try {
    return estimateTokens(request())
  } catch {
    // an upstream of the same dialect may understand what Homeport does not
    return bySize
  }
}

/** Null where the upstream did not say: the estimate then stands. */
const tokensOf = ({ usage }: Awaited<CallResult['done']>): number | null =>
  usage && usage.input.total + usage.output.total

function correct(admission: Admission, tokens: number | null): void {
  if (tokens !== null) admission.correct(tokens)
}
