import { z } from 'zod'

export interface PromptMessage {
  role: string
  text: string
}

const part = z.looseObject({ type: z.string().optional(), text: z.string().optional() })
const messageSchema = z.looseObject({
  role: z.string(),
  content: z.union([z.string(), z.array(part)]).nullish()
})
const requestSchema = z.looseObject({ messages: z.array(messageSchema) })

/** The messages of a recorded request, to read; null when it holds none that can be told apart. */
export function promptMessages(requestBody: string): PromptMessage[] | null {
  let json: unknown
  try {
    json = JSON.parse(requestBody)
  } catch {
    return null
  }
  const request = requestSchema.safeParse(json)
  if (!request.success) return null
  return request.data.messages.map(({ role, content }) => ({
    role,
    text: typeof content === 'string' ? content : (content ?? []).map(partText).join('\n')
  }))
}

function partText({ type, text }: z.infer<typeof part>): string {
  return text ?? `[${type ?? 'part'}]`
}
