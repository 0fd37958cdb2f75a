/** A client of one dialect, as far as the fault matrix looks at it: no SDK, so that nothing retries or hides. */
export interface DialectClient {
  ask(baseUrl: string, key: string, model: string, stream: boolean): Promise<Response>
  /** The error object of the dialect in a body or in an event, null where there is none. */
  errorIn(body: string): { message: string } | null
  /** Whether a streamed body says that the answer is complete. */
  isComplete(body: string): boolean
}

const prompt = 'Hello there'
const post = (url: string, headers: Record<string, string>, body: unknown) =>
  fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify(body)
  })

/** The JSON documents of a body: one, or those of its events. */
function documentsOf(body: string): Record<string, unknown>[] {
  const texts = /^(data|event):/m.test(body)
    ? [...body.matchAll(/^data: ?(.*)$/gm)].map(([, data]) => data)
    : [body]
  return texts.flatMap((text) => {
    try {
      const value: unknown = JSON.parse(text ?? '')
      return typeof value === 'object' && value !== null ? [value as Record<string, unknown>] : []
    } catch {
      return []
    }
  })
}

function messageOf(error: unknown, ...required: string[]): { message: string } | null {
  if (typeof error !== 'object' || error === null) return null
  const fields = error as Record<string, unknown>
  if (typeof fields.message !== 'string' || !required.every((name) => name in fields)) return null
  return { message: fields.message }
}

const openaiChat: DialectClient = {
  ask: (baseUrl, key, model, stream) =>
    post(
      `${baseUrl}/v1/chat/completions`,
      { authorization: `Bearer ${key}` },
      { model, messages: [{ role: 'user', content: prompt }], stream }
    ),
  errorIn: (body) =>
    documentsOf(body)
      .map(({ error }) => messageOf(error, 'type', 'code', 'param'))
      .find((error) => error !== null) ?? null,
  isComplete: (body) => body.includes('data: [DONE]')
}

const openaiResponses: DialectClient = {
  ask: (baseUrl, key, model, stream) =>
    post(`${baseUrl}/v1/responses`, { authorization: `Bearer ${key}` }, { model, input: prompt, stream }),
  errorIn(body) {
    for (const document of documentsOf(body)) {
      const { error, type, response } = document
      const failed = type === 'response.failed' ? (response as { error?: unknown }).error : null
      const found =
        messageOf(error, 'type', 'code') ??
        messageOf(type === 'error' && document) ??
        messageOf(failed, 'code')
      if (found) return found
    }
    return null
  },
  isComplete: (body) => body.includes('"response.completed"')
}

const anthropicMessages: DialectClient = {
  ask: (baseUrl, key, model, stream) =>
    post(
      `${baseUrl}/v1/messages`,
      { 'x-api-key': key, 'anthropic-version': '2023-06-01' },
      { model, max_tokens: 100, messages: [{ role: 'user', content: prompt }], stream }
    ),
  errorIn: (body) =>
    documentsOf(body)
      .map(({ type, error }) => (type === 'error' ? messageOf(error, 'type') : null))
      .find((error) => error !== null) ?? null,
  isComplete: (body) => body.includes('"message_stop"')
}

const googleGenerate: DialectClient = {
  ask: (baseUrl, key, model, stream) =>
    post(
      `${baseUrl}/v1beta/models/${model}:${stream ? 'streamGenerateContent?alt=sse' : 'generateContent'}`,
      { 'x-goog-api-key': key },
      { contents: [{ role: 'user', parts: [{ text: prompt }] }] }
    ),
  errorIn: (body) =>
    documentsOf(body)
      .map(({ error }) => messageOf(error, 'code', 'status'))
      .find((error) => error !== null) ?? null,
  isComplete: (body) => body.includes('"finishReason"')
}

const ollamaChat: DialectClient = {
  ask: (baseUrl, key, model, stream) =>
    post(
      `${baseUrl}/api/chat`,
      { authorization: `Bearer ${key}` },
      { model, messages: [{ role: 'user', content: prompt }], stream }
    ),
  errorIn(body) {
    for (const line of body.split('\n').flatMap(documentsOf)) {
      if (typeof line.error === 'string') return { message: line.error }
    }
    return null
  },
  isComplete: (body) => /"done": ?true/.test(body)
}

export const clients = {
  'openai-chat': openaiChat,
  'openai-responses': openaiResponses,
  'anthropic-messages': anthropicMessages,
  'google-generate': googleGenerate,
  'ollama-chat': ollamaChat
} as const
export type ClientDialect = keyof typeof clients
