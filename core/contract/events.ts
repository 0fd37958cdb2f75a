import { z } from 'zod'
import { noticeSchema } from './alerts.ts'
import { chatMessageSchema, chatSummarySchema } from './chats.ts'
import { downloadSchema } from './downloads.ts'
import { settingsSchema } from './settings.ts'
import { traceSummarySchema } from './traces.ts'

/** What the daemon tells its windows. Names are noun-action. */
export const appEventSchema = z.discriminatedUnion('type', [
  z.object({
    type: z.literal('turn-started'),
    turnId: z.string(),
    chatId: z.string(),
    userMessage: chatMessageSchema.nullable(),
    assistantMessage: chatMessageSchema
  }),
  z.object({
    type: z.literal('turn-delta'),
    turnId: z.string(),
    chatId: z.string(),
    messageId: z.string(),
    text: z.string(),
    reasoning: z.string()
  }),
  /** The answer is on disk: an acknowledgement. `message.status` says how it ended. */
  z.object({
    type: z.literal('turn-saved'),
    turnId: z.string(),
    chatId: z.string(),
    message: chatMessageSchema
  }),
  z.object({ type: z.literal('chat-changed'), chat: chatSummarySchema }),
  z.object({ type: z.literal('chat-deleted'), chatId: z.string() }),
  z.object({ type: z.literal('trace-recorded'), trace: traceSummarySchema }),
  /** The person labelled it, or said what they think of it. */
  z.object({ type: z.literal('trace-changed'), trace: traceSummarySchema }),
  z.object({ type: z.literal('trace-erased'), id: z.string() }),
  z.object({ type: z.literal('models-changed') }),
  /** A model was loaded or unloaded, or requests came and went. At most twice a second. */
  z.object({ type: z.literal('engine-changed') }),
  /** At most twice a second for each. */
  z.object({ type: z.literal('download-changed'), download: downloadSchema }),
  z.object({ type: z.literal('download-removed'), id: z.string() }),
  z.object({ type: z.literal('budgets-changed') }),
  z.object({ type: z.literal('alerts-changed') }),
  z.object({ type: z.literal('notice-given'), notice: noticeSchema }),
  /** A source, or how far it is. At most twice a second. */
  z.object({ type: z.literal('knowledge-changed') }),
  z.object({ type: z.literal('keys-changed') }),
  z.object({ type: z.literal('settings-changed'), settings: settingsSchema }),
  z.object({ type: z.literal('gateway-changed'), paused: z.boolean() }),
  /** Events were missed (too old to replay, or another daemon): fetch everything again. */
  z.object({ type: z.literal('reset') })
])
export type AppEvent = z.infer<typeof appEventSchema>

/** One event as sent: SSE `id` is `<epoch>-<seq>`, `data` this object as JSON. */
export const sequencedEventSchema = z.object({
  epoch: z.string(),
  seq: z.number().int(),
  event: appEventSchema
})
export type SequencedEvent = z.infer<typeof sequencedEventSchema>
