import type { ChatEvent } from '../spec/chat.ts'
import { type Reply, readWhole } from './upstream-call.ts'

/** The one event of an answer in one piece. Throws as `read` does, and for an answer that breaks off. */
export async function* readPlainAnswer(
  reply: Reply,
  read: (text: string, host: string, key: string | null) => ChatEvent
): AsyncGenerator<ChatEvent> {
  yield read(await readWhole(reply), reply.host, reply.key)
}
