import type { ChatEvent } from '../../../providers/spec/chat.ts'
import { objectIn } from '../json-fields.ts'
import type { OpenaiChatParameters } from './parameters.ts'
import { writeFinish, writeUsage } from './wire-answer.ts'

/** The chunks that end a stream of the upstream's own in the middle, in the likeness of its last one. */
export function cutChunks(
  { parts }: ChatEvent,
  last: string | null,
  { includeUsage, asFunctions }: Pick<OpenaiChatParameters, 'includeUsage' | 'asFunctions'>
): string[] {
  const { usage: _, ...chunk } = objectIn(last) ?? { object: 'chat.completion.chunk' }
  const chunks: string[] = []
  for (const part of parts) {
    if (part.type !== 'finish') continue
    const reason = writeFinish(part.reason, asFunctions)
    const choice = { index: 0, delta: {}, logprobs: null, finish_reason: reason }
    chunks.push(JSON.stringify({ ...chunk, choices: [choice] }))
  }
  for (const part of parts) {
    if (part.type !== 'usage' || !includeUsage) continue
    chunks.push(JSON.stringify({ ...chunk, choices: [], usage: writeUsage(part.usage) }))
  }
  return chunks
}
