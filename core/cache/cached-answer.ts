import { z } from 'zod'
import type { ChatEvent } from '../providers/spec/chat.ts'

/** An answer as it is kept: what it means, and where the client's dialect was the upstream's, what the upstream sent. */
export interface CachedAnswer {
  /** `provider/model` of who answered. */
  model: string
  /** How it was asked for: `plain`, or `stream` with what it depends on. Only the same mode can be given the wire form. */
  mode: string
  /** Set when the events have the wire form of the client's dialect. */
  isWire: boolean
  warnings: string[]
  events: ChatEvent[]
}

/** What is kept, beside its age. */
export interface KeptAnswer {
  answer: CachedAnswer
  /** Milliseconds UTC. */
  keptAt: number
}

const packedSchema = z.object({
  model: z.string(),
  mode: z.string(),
  isWire: z.boolean(),
  warnings: z.array(z.string()),
  events: z.array(
    z.object({
      parts: z.array(z.looseObject({ type: z.string() })),
      wire: z.string().optional(),
      wireEvent: z.string().optional()
    })
  )
})

export const packAnswer = (answer: CachedAnswer): string => JSON.stringify(answer)

/** Null for what this version cannot read. */
export function unpackAnswer(text: string): CachedAnswer | null {
  const parsed = packedSchema.safeParse(JSON.parse(text))
  // the parts were written from ChatParts, and their types are looked at by whoever reads them
  return parsed.success ? (parsed.data as CachedAnswer) : null
}
