import { z } from 'zod'

const signatureSchema = z.object({ vendor: z.enum(['anthropic', 'google', 'openai']), value: z.string() })

/** What a model thought before one tool call of an answer, or before its text. */
export const thoughtSchema = z.object({
  /** Whether it came before any text of the answer. */
  beforeText: z.boolean(),
  reasoning: z.array(
    z.object({
      type: z.literal('reasoning'),
      text: z.string(),
      signature: signatureSchema.exactOptional(),
      redacted: z.boolean().exactOptional()
    })
  ),
  /** Of the tool call itself. */
  callSignature: signatureSchema.nullable()
})
export type Thought = z.infer<typeof thoughtSchema>

/** A thought, and what it is found by. */
export interface AnchoredThought {
  anchor: string
  thought: Thought
}
