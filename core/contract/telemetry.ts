import { z } from 'zod'

/** Headers of their own business: of the connection, and of what is sent. */
const ownHeaders =
  /^(host|connection|content-.*|transfer-encoding|accept-encoding|expect|te|upgrade|trailer)$/i
const headerName = z
  .string()
  .max(100)
  .regex(/^[\w!#$%&'*+.^`|~-]+$/, 'is no name of a header')
  .refine((name) => !ownHeaders.test(name), 'is set by Homeport')

/** What a collector wants to be sent with every request: credentials, mostly. They replace all that were there. */
export const exportHeadersSchema = z
  .record(
    headerName,
    z
      .string()
      .trim()
      .min(1)
      .max(4000)
      .regex(/^[\x20-\x7e]+$/, 'is no value of a header')
  )
  .refine((headers) => Object.keys(headers).length <= 20, 'are more than 20 headers')
export type ExportHeaders = z.infer<typeof exportHeadersSchema>

/** How sending calls to a collector is going, since the start. */
export const exportStatusSchema = z.object({
  /** Where they are sent; null while it is off. */
  url: z.string().nullable(),
  /** Names of the headers that go with them; their values are never shown. Null when they cannot be read now. */
  headers: z.array(z.string()).nullable(),
  /** Calls that wait to be sent. */
  waiting: z.number().int(),
  sent: z.number().int(),
  /** Calls that never arrived: the oldest of too many that waited, and those the collector refused. */
  dropped: z.number().int(),
  lastSentAt: z.number().int().nullable(),
  /** Null as soon as something was sent again. */
  lastError: z.object({ at: z.number().int(), message: z.string() }).nullable()
})
export type ExportStatus = z.infer<typeof exportStatusSchema>

/** Whether spans of other programs are taken. */
export const receiveStatusSchema = z.object({
  /** Null while none are. */
  port: z.number().int().nullable(),
  /** Why not, though they should be: in words for the person. */
  problem: z.string().nullable()
})
export type ReceiveStatus = z.infer<typeof receiveStatusSchema>

export const telemetryStatusSchema = z.object({ export: exportStatusSchema, receive: receiveStatusSchema })
export type TelemetryStatus = z.infer<typeof telemetryStatusSchema>

/** What the collector answered to one span. */
export const collectorTestSchema = z.object({
  ok: z.boolean(),
  /** HTTP status; null where none came. */
  status: z.number().int().nullable(),
  message: z.string()
})
export type CollectorTest = z.infer<typeof collectorTestSchema>
