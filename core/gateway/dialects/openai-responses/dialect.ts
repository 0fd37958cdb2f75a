import type { HomeportError } from '../../../errors/homeport-error.ts'
import { type OpenaiErrorBody, openaiErrorBody } from '../../../errors/openai-error.ts'
import { sseData } from '../../event-stream.ts'
import type { ChatDialect } from '../chat-dialect.ts'
import { isRecord, type Json, objectIn } from '../json-fields.ts'
import type { ResponsesParameters } from './parameters.ts'
import { toChatRequest } from './request.ts'
import { ResponseAssembler, type StreamFailure } from './response-assembler.ts'
import { clientView } from './response-object.ts'
import { WireProgress } from './wire-progress.ts'

/**
 * OpenAI's Responses API, for one request: how its stream fails depends on what was sent of it. `keep` gets the response
 * of a complete answer that was written here, with what the client did not ask to see.
 * See https://platform.openai.com/docs/api-reference/responses
 */
export function createResponsesDialect(keep: (response: Json) => void): ChatDialect<ResponsesParameters> {
  /** Ends the stream that was begun, with the events of a failure. */
  let fail = (error: StreamFailure, _code: string): Json[] => [
    { type: 'error', sequence_number: 0, ...error }
  ]

  return {
    dialect: 'openai-responses',
    streamType: 'text/event-stream; charset=utf-8',
    toChatRequest,
    streamWriter(identity, parameters) {
      const assembler = new ResponseAssembler(identity, parameters)
      fail = (error, code) => assembler.fail(error, code)
      return {
        event: (event) => frames(assembler.add(event)),
        end() {
          const ending = frames(assembler.end())
          keep(assembler.response())
          return ending
        }
      }
    },
    answerBuilder(identity, parameters) {
      const assembler = new ResponseAssembler(identity, parameters)
      return {
        add: (event) => void assembler.add(event),
        build() {
          assembler.end()
          const response = assembler.response()
          keep(response)
          return clientView(response, parameters.include)
        }
      }
    },
    wireWriter() {
      let first: string | null = null
      let last: string | null = null
      const progress = new WireProgress()
      fail = (error, code) => failWire(first, last, error, code)
      return {
        event(event) {
          if (event.isCut) return frames(progress.cut(event, objectIn(first), nextNumber(last)))
          const { wire, wireEvent } = event
          if (wire === undefined) return ''
          first ??= wire
          last = wire
          progress.add(event)
          return wireEvent === undefined ? sseData(wire) : `event: ${wireEvent}\n${sseData(wire)}`
        },
        end: () => ''
      }
    },
    errorBody: openaiErrorBody,
    streamError(error, traceId) {
      const { message, code, param } = errorOf(openaiErrorBody(error, traceId))
      return frames(fail({ code, message, param }, failureCode(error, code)))
    }
  }
}

function frames(events: readonly Json[]): string {
  return events.map((event) => `event: ${String(event.type)}\n${sseData(JSON.stringify(event))}`).join('')
}

/** The upstream's own words may lack a member. */
function errorOf(body: unknown): OpenaiErrorBody['error'] {
  const error = isRecord(body) && isRecord(body.error) ? body.error : {}
  const textIn = (name: string): string | null => {
    const value = error[name]
    return typeof value === 'string' ? value : null
  }
  const message = textIn('message') ?? 'The upstream failed.'
  return { message, type: textIn('type') ?? 'server_error', param: textIn('param'), code: textIn('code') }
}

/** What clients act on: they wait, they shorten the conversation, or they try again. */
function failureCode({ code }: HomeportError, wireCode: string | null): string {
  if (code === 'rate-limited' || wireCode === 'rate_limit_exceeded') return 'rate_limit_exceeded'
  if (code === 'context-overflow') return 'context_length_exceeded'
  return code === 'bad-request' || code === 'content-refused' ? 'invalid_prompt' : 'server_error'
}

/** Ends the stream of an upstream that did not: with the response as it began, and the numbers that come next. */
function failWire(first: string | null, last: string | null, error: StreamFailure, code: string): Json[] {
  const next = nextNumber(last)
  const failure = { type: 'error', sequence_number: next, ...error }
  const begun = objectIn(first)?.response
  if (!isRecord(begun)) return [failure]
  const response = { ...begun, status: 'failed', error: { code, message: error.message } }
  return [failure, { type: 'response.failed', sequence_number: next + 1, response }]
}

/** Of the event after this one. */
function nextNumber(last: string | null): number {
  const number = objectIn(last)?.sequence_number
  return typeof number === 'number' ? number + 1 : 0
}
