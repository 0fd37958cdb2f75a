import type { CallResult } from '../../../pipeline/context.ts'
import type { ChatEvent } from '../../../providers/spec/chat.ts'
import { isRecord, type Json } from '../json-fields.ts'

type Answer = Pick<CallResult, 'head' | 'events'>

const endings = /^response\.(completed|incomplete)$/

/** The same answer, which tells `onResponse` of the response object when an upstream of the dialect has sent it whole. */
export function watchResponse<A extends Answer>(
  answer: A,
  stream: boolean,
  onResponse: (response: Json) => void
): A {
  if (answer.head.wireDialect !== 'openai-responses') return answer
  const read = stream ? readEnding : readWhole
  return { ...answer, events: watched(answer.events, (event) => onObject(read(event), onResponse)) }
}

async function* watched(
  events: AsyncIterable<ChatEvent>,
  see: (event: ChatEvent) => void
): AsyncGenerator<ChatEvent> {
  for await (const event of events) {
    see(event)
    yield event
  }
}

function onObject(value: unknown, onResponse: (response: Json) => void): void {
  if (isRecord(value) && typeof value.id === 'string') onResponse(value)
}

function readWhole({ wire }: ChatEvent): unknown {
  return wire === undefined ? null : JSON.parse(wire)
}

function readEnding({ wire, wireEvent }: ChatEvent): unknown {
  if (wire === undefined || wireEvent === undefined || !endings.test(wireEvent)) return null
  const event: unknown = JSON.parse(wire)
  return isRecord(event) ? event.response : null
}
