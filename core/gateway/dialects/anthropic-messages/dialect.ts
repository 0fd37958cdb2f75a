import { anthropicErrorBody } from '../../../errors/anthropic-error.ts'
import { spliceJson } from '../../../lib/splice-json.ts'
import { sseData } from '../../event-stream.ts'
import type { ChatDialect } from '../chat-dialect.ts'
import { objectIn } from '../json-fields.ts'
import { cutMessage } from './cut-message.ts'
import { MessageBuilder } from './message-builder.ts'
import { toChatRequest } from './request.ts'
import { StreamEncoder, type StreamEvent } from './stream-encoder.ts'

/**
 * Anthropic's Messages, see https://platform.claude.com/docs/en/api/messages
 *
 * Answers name the model as it was asked for, whoever answered: Claude Code takes the signed thoughts of a message that
 * names another model for another's, and leaves them out of the next request, which Anthropic refuses then.
 */
export const anthropicMessages: ChatDialect = {
  dialect: 'anthropic-messages',
  streamType: 'text/event-stream; charset=utf-8',
  toChatRequest,
  streamWriter(identity, { model }) {
    const encoder = new StreamEncoder({ ...identity, model })
    return {
      event: (event) => encoder.encode(event).map(written).join(''),
      end: () => encoder.end().map(written).join('')
    }
  },
  answerBuilder: (identity, { model }) => new MessageBuilder({ ...identity, model }),
  wireWriter({ model }) {
    let stopped = false
    const open = new Set<unknown>()
    return {
      event(event) {
        if (event.isCut) return cutMessage(event, open).map(written).join('')
        const { wire, wireEvent } = event
        if (wire === undefined) return ''
        if (wireEvent === 'message_stop') stopped = true
        if (wireEvent === 'content_block_start') open.add(objectIn(wire)?.index)
        if (wireEvent === 'content_block_stop') open.delete(objectIn(wire)?.index)
        if (wireEvent === 'message_start')
          return named(wireEvent, nameModel(wire, ['message', 'model'], model))
        return wireEvent === undefined ? sseData(wire) : named(wireEvent, wire)
      },
      // a server of the dialect may leave its end mark out, which clients wait for
      end: () => (stopped ? '' : written({ type: 'message_stop' }))
    }
  },
  wireBody: (body, { model }) => nameModel(body, ['model'], model),
  errorBody: anthropicErrorBody,
  streamError: (error, traceId) => named('error', JSON.stringify(anthropicErrorBody(error, traceId)))
}

const nameModel = (json: string, path: [string, ...string[]], model: string): string =>
  spliceJson(Buffer.from(json), [{ path, value: model }]).toString()

const named = (name: string, data: string): string => `event: ${name}\n${sseData(data)}`

const written = (event: StreamEvent): string => named(event.type, JSON.stringify(event))
