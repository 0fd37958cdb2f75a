import { MessageParts } from './message-parts.tsx'
import type { ReadMessage } from './prompt-messages.ts'

/** Messages under each other, each with who said it. */
export function MessageList({ messages }: { messages: readonly ReadMessage[] }) {
  return (
    <ol className="flex flex-col gap-4">
      {messages.map((message, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: recorded messages never change
        <Message key={index} {...message} />
      ))}
    </ol>
  )
}

function Message({ role, parts }: ReadMessage) {
  return (
    <li className="grid grid-cols-[80px_minmax(0,1fr)] gap-x-4 [contain-intrinsic-size:auto_60px] [content-visibility:auto]">
      <span className="truncate text-xs leading-5 text-text-3">{role}</span>
      <MessageParts parts={parts} />
    </li>
  )
}
