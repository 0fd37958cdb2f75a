import { z } from 'zod'

export const errorCodes = [
  'bad-request',
  'not-authenticated',
  'not-allowed',
  'not-found',
  'method-not-allowed',
  'conflict',
  'port-taken',
  'newer-data',
  'folder-locked',
  'too-large',
  'unsupported-media-type',
  'timeout',
  'rate-limited',
  'upstream-failed',
  'upstream-unreachable',
  'engine-failed',
  'model-broken',
  /** The prompt is longer than the model takes. */
  'context-overflow',
  /** A vendor's content policy refused the request. */
  'content-refused',
  /** What the person allows to be spent does not pay for the call. */
  'budget-exceeded',
  'gateway-paused',
  'unavailable',
  'internal'
] as const
export type ErrorCode = (typeof errorCodes)[number]

/** The error body of `/app/*`. The dialects have their own. */
export const appErrorSchema = z.object({
  error: z.object({
    code: z.string(),
    message: z.string(),
    /** What the person can do about it. */
    action: z.string().nullable(),
    traceId: z.string().nullable()
  })
})
export type AppErrorBody = z.infer<typeof appErrorSchema>
