import { z } from 'zod'
import { citationSchema, scopeTextSchema } from './knowledge.ts'
import { costSchema, usageSchema } from './usage.ts'

export const messageStatusSchema = z.enum(['streaming', 'complete', 'stopped', 'failed', 'interrupted'])
export type MessageStatus = z.infer<typeof messageStatusSchema>

/** What the app shows under an answer. */
export const answerInfoSchema = z.object({
  model: z.string(),
  traceId: z.string().nullable(),
  firstTokenMs: z.number().nullable(),
  durationMs: z.number().nullable(),
  usage: usageSchema.nullable(),
  cost: costSchema.nullable()
})
export type AnswerInfo = z.infer<typeof answerInfoSchema>

export const chatMessageSchema = z.object({
  id: z.string(),
  chatId: z.string(),
  parentId: z.string().nullable(),
  role: z.enum(['user', 'assistant']),
  text: z.string(),
  reasoning: z.string(),
  status: messageStatusSchema,
  /** What went wrong, in words for the person, when the status is `failed`. */
  error: z.string().nullable(),
  info: answerInfoSchema.nullable(),
  /** What it was answered from; absent where nothing was looked up. */
  citations: z.array(citationSchema).optional(),
  createdAt: z.number().int()
})
export type ChatMessage = z.infer<typeof chatMessageSchema>

/** What of the person's notes and files answers are looked up in. */
const knowledge = z.array(scopeTextSchema).max(20)

export const chatSummarySchema = z.object({
  id: z.string(),
  title: z.string(),
  model: z.string().nullable(),
  /** Absent: nothing is looked up. */
  knowledge: knowledge.optional(),
  createdAt: z.number().int(),
  updatedAt: z.number().int(),
  /** A turn is running in it now. */
  running: z.boolean()
})
export type ChatSummary = z.infer<typeof chatSummarySchema>

/** A whole chat: the tree of its messages and the leaf that is shown. */
export const chatSchema = chatSummarySchema.extend({
  activeLeafId: z.string().nullable(),
  messages: z.array(chatMessageSchema),
  /** The turn that writes its streaming message now. */
  runningTurnId: z.string().nullable(),
  /** Events up to this number are already contained. */
  eventSeq: z.number().int()
})
export type Chat = z.infer<typeof chatSchema>

export const createChatSchema = z.strictObject({
  title: z.string().trim().min(1).max(200).optional(),
  model: z.string().max(300).optional(),
  knowledge: knowledge.optional()
})
export type CreateChat = z.infer<typeof createChatSchema>
export const updateChatSchema = z.strictObject({
  title: z.string().trim().min(1).max(200).optional(),
  model: z.string().max(300).optional(),
  /** Empty: nothing is looked up any more. */
  knowledge: knowledge.optional(),
  activeLeafId: z.string().optional()
})
export type UpdateChat = z.infer<typeof updateChatSchema>

/**
 * Starts an answer. With `text`, a new user message is added under `parentId` (null: at the root);
 * without it, `parentId` names an existing user message that gets one more answer (regenerate).
 */
export const startTurnSchema = z.strictObject({
  parentId: z.string().nullable(),
  text: z.string().min(1).max(2_000_000).optional(),
  model: z.string().min(1).max(300),
  /** For this turn; absent: as the chat has it. */
  knowledge: knowledge.optional(),
  /** Where it was asked, for Activity. */
  feature: z.enum(['chat', 'quick-prompt', 'command-line']).default('chat')
})
export type StartTurn = z.infer<typeof startTurnSchema>

export const startedTurnSchema = z.object({
  turnId: z.string(),
  userMessage: chatMessageSchema.nullable(),
  assistantMessage: chatMessageSchema
})
export type StartedTurn = z.infer<typeof startedTurnSchema>
