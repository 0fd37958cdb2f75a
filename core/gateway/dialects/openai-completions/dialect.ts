import type { Usage } from '../../../contract/usage.ts'
import { openaiErrorBody } from '../../../errors/openai-error.ts'
import type { ChatEvent, FinishReason } from '../../../providers/spec/chat.ts'
import { sseData } from '../../event-stream.ts'
import type { AnswerIdentity, ChatDialect } from '../chat-dialect.ts'
import { objectIn } from '../json-fields.ts'
import { writeUsage } from '../openai-chat/wire-answer.ts'
import { type CompletionParameters, toChatRequest } from './request.ts'

const doneEvent = 'data: [DONE]\n\n'

const finishReasons: Readonly<Record<FinishReason, string>> = {
  stop: 'stop',
  length: 'length',
  'tool-calls': 'stop',
  'content-filter': 'content_filter',
  other: 'stop'
}

/** What an answer comes to as text: what was thought has no place in it. */
class TextAnswer {
  text = ''
  finish: FinishReason = 'stop'
  usage: Usage | null = null

  /** The text that the event adds. */
  add({ parts }: ChatEvent): string {
    let added = ''
    for (const part of parts) {
      if (part.type === 'text-delta') added += part.text
      else if (part.type === 'finish') this.finish = part.reason
      else if (part.type === 'usage') this.usage = part.usage
    }
    this.text += added
    return added
  }
}

function completion({ id, created, model }: AnswerIdentity, choices: readonly unknown[]) {
  return { id: `cmpl-${id}`, object: 'text_completion', created, model, choices }
}

const choice = (text: string, finish: FinishReason | null) => ({
  text,
  index: 0,
  logprobs: null,
  finish_reason: finish && finishReasons[finish]
})

/** What ends a stream of the upstream's own in the middle, in the likeness of its last chunk. */
function cutChunks(event: ChatEvent, last: string | null, includeUsage: boolean): string {
  const { usage: _, ...chunk } = objectIn(last) ?? { object: 'text_completion' }
  const answer = new TextAnswer()
  answer.add(event)
  const chunks: unknown[] = [{ ...chunk, choices: [choice('', answer.finish)] }]
  if (includeUsage && answer.usage) {
    chunks.push({ ...chunk, choices: [], usage: writeUsage(answer.usage) })
  }
  return chunks.map((one) => sseData(JSON.stringify(one))).join('')
}

/** OpenAI's completions of before there were chats, see https://platform.openai.com/docs/api-reference/completions */
export const openaiCompletions: ChatDialect<CompletionParameters> = {
  dialect: 'openai-completions',
  streamType: 'text/event-stream; charset=utf-8',
  toChatRequest,
  streamWriter(identity, { includeUsage }) {
    const answer = new TextAnswer()
    const chunk = (choices: readonly unknown[], usage: Usage | null = null): string =>
      sseData(
        JSON.stringify({
          ...completion(identity, choices),
          ...(includeUsage && { usage: usage && writeUsage(usage) })
        })
      )
    return {
      event(event) {
        const text = answer.add(event)
        return text === '' ? '' : chunk([choice(text, null)])
      },
      end() {
        const usage = includeUsage ? chunk([], answer.usage) : ''
        return chunk([choice('', answer.finish)]) + usage + doneEvent
      }
    }
  },
  answerBuilder(identity) {
    const answer = new TextAnswer()
    return {
      add: (event) => void answer.add(event),
      build: () => ({
        ...completion(identity, [choice(answer.text, answer.finish)]),
        ...(answer.usage && { usage: writeUsage(answer.usage) })
      })
    }
  },
  wireWriter({ includeUsage }) {
    let last: string | null = null
    return {
      event(event) {
        if (event.isCut) return cutChunks(event, last, includeUsage)
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
