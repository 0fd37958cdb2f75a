import type { CallResult } from '../../../pipeline/context.ts'
import { watchEvents } from '../../../pipeline/watch-events.ts'
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
  const look = (event: ChatEvent): void => {
    const response = read(event)
    if (isRecord(response)) onResponse(response)
  }
  return { ...answer, events: watchEvents(answer.events, look) }
}

function readWhole({ wire }: ChatEvent): unknown {
  return wire === undefined ? null : JSON.parse(wire)
}

function readEnding({ wire, wireEvent }: ChatEvent): unknown {
  if (wire === undefined) return null
  // some servers leave the event's name to its data
  const type = wireEvent ?? /^\{"type": ?"([\w.]+)"/.exec(wire)?.[1]
  if (type === undefined || !endings.test(type)) return null
  const event: unknown = JSON.parse(wire)
  return isRecord(event) ? event.response : null
}
