import type { IncomingMessage } from 'node:http'
import { createParser } from 'eventsource-parser'
import { type SequencedEvent, sequencedEventSchema } from '../contract/events.ts'

/** Events of a newer daemon that this version does not know are passed over. Ends when the connection does. */
export async function* readEvents(response: IncomingMessage): AsyncGenerator<SequencedEvent> {
  const received: SequencedEvent[] = []
  const parser = createParser({
    onEvent: ({ data }) => {
      const event = sequencedEventSchema.safeParse(JSON.parse(data))
      if (event.success) received.push(event.data)
    }
  })
  response.setEncoding('utf8')
  for await (const text of response) {
    parser.feed(String(text))
    yield* received.splice(0)
  }
}
