import { ollamaErrorBody } from '../../../errors/ollama-error.ts'
import type { ChatEvent, ChatRequest, Dialect } from '../../../providers/spec/chat.ts'
import type { ChatDialect } from '../chat-dialect.ts'
import type { Json } from '../json-fields.ts'
import { type AnswerForm, chatForm, generateForm } from './answer-form.ts'
import { fromChat } from './chat-request.ts'
import { fromGenerate } from './generate-request.ts'
import type { OllamaParameters } from './parameters.ts'
import { LineWriter, line, ObjectBuilder } from './response.ts'

/** One of Ollama's two addresses for text, with where it puts what a model says. */
export interface OllamaDialect extends ChatDialect<OllamaParameters> {
  readonly form: AnswerForm
}

export const ollamaChat = dialectOf('ollama-chat', fromChat, chatForm)
export const ollamaGenerate = dialectOf('ollama-generate', fromGenerate, generateForm)

function dialectOf(
  dialect: Dialect,
  toChatRequest: (body: Json, parameters: OllamaParameters) => ChatRequest,
  form: AnswerForm
): OllamaDialect {
  return {
    dialect,
    form,
    streamType: 'application/x-ndjson',
    toChatRequest,
    streamWriter: (identity, parameters) => new LineWriter(identity, parameters, form),
    answerBuilder: (identity, parameters) => new ObjectBuilder(identity, parameters, form),
    // the last line of such a stream is its end
    wireWriter: (parameters) => ({
      event(event) {
        if (event.isCut) return cutLine(event, parameters, form)
        return event.wire === undefined ? '' : `${event.wire}\n`
      },
      end: () => ''
    }),
    errorBody: ollamaErrorBody,
    streamError: (error, traceId) => line(ollamaErrorBody(error, traceId))
  }
}

/** The line that ends a stream of the upstream's own in the middle. */
function cutLine(event: ChatEvent, parameters: OllamaParameters, form: AnswerForm): string {
  const writer = new LineWriter({ id: '', created: 0, model: parameters.model }, parameters, form)
  return writer.event(event) + writer.end()
}
