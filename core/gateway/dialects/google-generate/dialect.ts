import { googleErrorBody } from '../../../errors/google-error.ts'
import type { ChatEvent } from '../../../providers/spec/chat.ts'
import { sseData } from '../../event-stream.ts'
import type { AnswerIdentity, ChatDialect, StreamWriter } from '../chat-dialect.ts'
import { type Json, objectIn } from '../json-fields.ts'
import { toChatRequest } from './request.ts'
import { ChunkEncoder, ResponseBuilder } from './response.ts'

/** Puts the objects of a stream onto the connection. */
interface Framing {
  object(json: string): string
  end(): string
}

const sseFraming = (): Framing => ({ object: sseData, end: () => '' })

/** One list that is written bit by bit. */
function listFraming(): Framing {
  let isOpen = false
  return {
    object(json) {
      const text = `${isOpen ? ',\r\n' : '['}${json}`
      isOpen = true
      return text
    },
    end: () => (isOpen ? ']\n' : '[]\n')
  }
}

function wireWriter(framing: Framing): StreamWriter {
  let last: string | null = null
  return {
    event(event) {
      if (event.isCut) return framing.object(JSON.stringify(cutChunk(event, last)))
      if (event.wire === undefined) return ''
      last = event.wire
      return framing.object(event.wire)
    },
    end: framing.end
  }
}

/** The chunk that ends a stream of Google's own in the middle, in the likeness of its last one. */
function cutChunk(event: ChatEvent, last: string | null): Json {
  const { modelVersion, responseId } = objectIn(last) ?? {}
  const encoder = new ChunkEncoder({ id: '', model: '', created: 0 })
  encoder.encode(event)
  return { ...encoder.end(), modelVersion, responseId }
}

function streamWriter(identity: AnswerIdentity, framing: Framing): StreamWriter {
  const encoder = new ChunkEncoder(identity)
  return {
    event(event) {
      const chunk = encoder.encode(event)
      return chunk === null ? '' : framing.object(JSON.stringify(chunk))
    },
    end: () => framing.object(JSON.stringify(encoder.end())) + framing.end()
  }
}

const common = {
  dialect: 'google-generate',
  toChatRequest,
  answerBuilder: (identity: AnswerIdentity) => new ResponseBuilder(identity),
  errorBody: googleErrorBody
} as const

/** Gemini's `generateContent`, see https://ai.google.dev/api/generate-content; streamed as events (`alt=sse`). */
export const googleEvents: ChatDialect = {
  ...common,
  streamType: 'text/event-stream; charset=utf-8',
  streamWriter: (identity) => streamWriter(identity, sseFraming()),
  wireWriter: () => wireWriter(sseFraming()),
  streamError: (error, traceId) => sseData(JSON.stringify(googleErrorBody(error, traceId)))
}

/** The same, streamed as one JSON list, as Google does where no `alt` is given. */
export const googleList: ChatDialect = {
  ...common,
  streamType: 'application/json; charset=utf-8',
  streamWriter: (identity) => streamWriter(identity, listFraming()),
  wireWriter: () => wireWriter(listFraming()),
  // an error ends the list, which has begun by then
  streamError: (error, traceId) => `,\r\n${JSON.stringify(googleErrorBody(error, traceId))}]\n`
}
