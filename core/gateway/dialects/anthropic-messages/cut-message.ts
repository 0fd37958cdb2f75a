import type { ChatEvent } from '../../../providers/spec/chat.ts'
import { toStopReason } from './stop-reason.ts'
import type { StreamEvent } from './stream-encoder.ts'
import { toWireUsage } from './usage.ts'

/** What ends a stream of the upstream's own in the middle, but for the end mark. `open` are the indexes of its open blocks. */
export function cutMessage({ parts }: ChatEvent, open: Iterable<unknown>): StreamEvent[] {
  const finish = parts.find((part) => part.type === 'finish') ?? null
  const usage = parts.find((part) => part.type === 'usage')?.usage ?? null
  const delta = toStopReason(finish, false)
  return [
    ...[...open].map((index) => ({ type: 'content_block_stop', index })),
    { type: 'message_delta', delta, usage: toWireUsage(usage) }
  ]
}
