import type { Answer, AnswerRequest, AnswerSource } from '../chats/answer-source.ts'
import type { AnswerInfo } from '../contract/chats.ts'
import { HomeportError } from '../errors/homeport-error.ts'
import type { ChatRequest } from '../providers/spec/chat.ts'
import type { Caller, CallOutcome, Pipeline } from './context.ts'

const callers: Record<AnswerRequest['feature'], Caller> = {
  chat: { kind: 'app', id: 'chat', name: 'Chat' },
  'quick-prompt': { kind: 'app', id: 'quick-prompt', name: 'Quick prompt' },
  'command-line': { kind: 'app', id: 'command-line', name: 'Command line' }
}

/**
 * Turns of the app's own chats go through the same pipeline as every other program's calls. While Homeport is paused they
 * are refused like those.
 */
export function turnAnswers(pipeline: Pipeline, isPaused: () => boolean): AnswerSource {
  return {
    async answer(request: AnswerRequest): Promise<Answer> {
      if (isPaused())
        throw new HomeportError('gateway-paused', 'Homeport is paused.', {
          action: 'Resume it in Settings or the tray.'
        })
      const chatRequest: ChatRequest = { messages: request.messages, output: 'text', unmapped: [] }
      const call = await pipeline.call({
        caller: callers[request.feature],
        dialect: 'openai-chat',
        model: request.model,
        stream: true,
        request: () => chatRequest,
        wire: null,
        signal: request.signal,
        chatId: request.chatId,
        ...(request.knowledge && { knowledge: request.knowledge })
      })
      return {
        events: call.events,
        info: call.done.then((outcome) => answerInfo(call.model, call.traceId, outcome)),
        citations: call.done.then(({ citations }) => citations ?? null)
      }
    }
  }
}

function answerInfo(model: string, traceId: string, outcome: CallOutcome): AnswerInfo {
  return {
    model,
    traceId,
    firstTokenMs: outcome.firstTokenMs,
    durationMs: outcome.durationMs,
    usage: outcome.usage,
    cost: outcome.cost
  }
}
