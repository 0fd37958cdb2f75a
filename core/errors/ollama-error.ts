import type { HomeportError } from './homeport-error.ts'
import { wholeMessage } from './whole-message.ts'

/** The error body of Ollama's dialect, see https://docs.ollama.com/api/errors */
export interface OllamaErrorBody {
  error: string
}

/** One text is all there is. */
export function ollamaErrorBody(error: HomeportError, traceId: string | null): OllamaErrorBody {
  return { error: wholeMessage(error, traceId) }
}
