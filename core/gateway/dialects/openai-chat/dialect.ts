import { openaiErrorBody } from '../../../errors/openai-error.ts'
import { sseData } from '../../event-stream.ts'
import type { ChatDialect } from '../chat-dialect.ts'
import { ChunkEncoder } from './chunks.ts'
import { CompletionBuilder } from './completion.ts'
import { cutChunks } from './cut-chunks.ts'
import type { OpenaiChatParameters } from './parameters.ts'
import { toChatRequest } from './request.ts'

const doneEvent = 'data: [DONE]\n\n'

/** OpenAI's chat completions, see https://platform.openai.com/docs/api-reference/chat */
export const openaiChat: ChatDialect<OpenaiChatParameters> = {
  dialect: 'openai-chat',
  streamType: 'text/event-stream; charset=utf-8',
  toChatRequest,
  streamWriter(identity, parameters) {
    const encoder = new ChunkEncoder(identity, parameters)
    return {
      event: (event) => encoder.encode(event).map(sseData).join(''),
      end: () => encoder.end().map(sseData).join('') + doneEvent
    }
  },
  answerBuilder: (identity, parameters) => new CompletionBuilder(identity, parameters),
  wireWriter({ includeUsage, asFunctions }) {
    let last: string | null = null
    return {
      event(event) {
        if (event.isCut) return cutChunks(event, last, { includeUsage, asFunctions }).map(sseData).join('')
        if (event.wire === undefined) return ''
        last = event.wire
        return sseData(event.wire)
      },
      end: () => doneEvent
    }
  },
  errorBody: openaiErrorBody,
  streamError: (error, traceId) => sseData(JSON.stringify(openaiErrorBody(error, traceId)))
}
