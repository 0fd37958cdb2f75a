import { anthropicErrorBody } from '../../../errors/anthropic-error.ts'
import { sseData } from '../../event-stream.ts'
import type { ChatDialect } from '../chat-dialect.ts'
import { MessageBuilder } from './message-builder.ts'
import { toChatRequest } from './request.ts'
import { StreamEncoder, type StreamEvent } from './stream-encoder.ts'

/** Anthropic's Messages, see https://platform.claude.com/docs/en/api/messages */
export const anthropicMessages: ChatDialect = {
  dialect: 'anthropic-messages',
  streamType: 'text/event-stream; charset=utf-8',
  toChatRequest,
  streamWriter(identity) {
    const encoder = new StreamEncoder(identity)
    return {
      event: (event) => encoder.encode(event).map(written).join(''),
      end: () => encoder.end().map(written).join('')
    }
  },
  answerBuilder: (identity) => new MessageBuilder(identity),
  wireWriter() {
    let stopped = false
    return {
      event({ wire, wireEvent }) {
        if (wire === undefined) return ''
        if (wireEvent === 'message_stop') stopped = true
        return wireEvent === undefined ? sseData(wire) : named(wireEvent, wire)
      },
      // a server of the dialect may leave its end mark out, which clients wait for
      end: () => (stopped ? '' : written({ type: 'message_stop' }))
    }
  },
  errorBody: anthropicErrorBody,
  streamError: (error, traceId) => named('error', JSON.stringify(anthropicErrorBody(error, traceId)))
}

const named = (name: string, data: string): string => `event: ${name}\n${sseData(data)}`

const written = (event: StreamEvent): string => named(event.type, JSON.stringify(event))
