import type { ChatEvent } from '../providers/spec/chat.ts'

/** The same events, each shown to `look` on its way. */
export function watchEvents(
  source: AsyncIterable<ChatEvent>,
  look: (event: ChatEvent) => void
): AsyncIterable<ChatEvent> {
  return {
    [Symbol.asyncIterator]() {
      const iterator = source[Symbol.asyncIterator]()
      return {
        async next() {
          const result = await iterator.next()
          if (!result.done) look(result.value)
          return result
        },
        return: async () => (await iterator.return?.()) ?? { done: true, value: undefined }
      }
    }
  }
}
