import type { HomeportError } from './homeport-error.ts'

/** The error body of Ollama's dialect, see https://docs.ollama.com/api/errors */
export interface OllamaErrorBody {
  error: string
}

/** One text is all there is: what went wrong, what can be done, and the trace where nothing else is known. */
export function ollamaErrorBody(error: HomeportError, traceId: string | null): OllamaErrorBody {
  const sentences = [error.message]
  if (error.action !== null) sentences.push(error.action)
  if (error.code === 'internal' && traceId !== null) sentences.push(`Its trace is ${traceId}.`)
  return { error: sentences.join(' ') }
}
