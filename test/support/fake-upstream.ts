import { createServer, type IncomingHttpHeaders, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { buffer } from 'node:stream/consumers'
import { setTimeout as sleep } from 'node:timers/promises'

/**
 * What the fake upstream does is chosen by the model's name, plain or streamed as the request asks.
 * Besides these, `fake-c<N>-d<MS>` answers with N pieces, MS milliseconds apart; any other name is a 404.
 */
export const fakeModels = {
  /** One sentence, with usage. */
  small: 'fake-small',
  /** The last user message, word by word. */
  echo: 'fake-echo',
  /** Headings, a list, a table and a code block, streamed in small pieces. */
  markdown: 'fake-markdown',
  /** `reasoning_content` first, then the answer. */
  reasoning: 'fake-reasoning',
  /** A word every 20 ms and no end; a plain request is never answered. */
  endless: 'fake-endless',
  /** Accepts the request and never sends a response head. */
  silent: 'fake-silent',
  /** Drops the connection in the middle of the answer. */
  cut: 'fake-cut',
  /** Closes the stream politely, but without finish reason and `[DONE]`; cuts a plain answer. */
  unfinished: 'fake-unfinished',
  /** A stream that begins well and then holds an error object; a plain request gets a 500. */
  errorEvent: 'fake-error-event',
  /** 429 with `Retry-After: 7`. */
  rateLimited: 'fake-rate-limited',
  /** 500. */
  failing: 'fake-failing',
  /** 400 naming a parameter. */
  badParameter: 'fake-bad-parameter',
  /** A web page with status 200. */
  html: 'fake-html'
} as const

export interface FakeUpstreamOptions {
  /** Answer 401 unless this stands in `Authorization: Bearer`. */
  apiKey?: string
  /** Answer `GET /v1/models` with 404, as servers without a list do. */
  noModelList?: boolean
  /**
   * Models to list instead of the fake ones, each with what it does: one of `fakeModels`, or `answers` to say what stands
   * in `answers` for the last user message.
   */
  showcase?: { models: Readonly<Record<string, string>>; answers: Readonly<Record<string, string>> }
  /** 0, the default: any free port. */
  port?: number
}

export interface RecordedRequest {
  method: string
  path: string
  headers: IncomingHttpHeaders
  body: Buffer
}

/** A real HTTP server on loopback that speaks the wire format of OpenAI's chat completions. */
export interface FakeUpstream {
  /** Ends in `/v1`. */
  readonly baseUrl: string
  readonly port: number
  readonly requests: readonly RecordedRequest[]
  /** Responses whose client went away before they were finished. */
  readonly disconnects: number
  close(): Promise<void>
}

export async function startFakeUpstream(options: FakeUpstreamOptions = {}): Promise<FakeUpstream> {
  const requests: RecordedRequest[] = []
  const droppedByUs = new Set<ServerResponse>()
  let disconnects = 0
  let closing = false

  const server = createServer(async (incoming, response) => {
    const gone = new AbortController()
    response.on('close', () => {
      gone.abort()
      if (!response.writableFinished && !droppedByUs.delete(response) && !closing) disconnects++
    })
    try {
      const body = await buffer(incoming)
      const request = {
        method: incoming.method ?? '',
        path: incoming.url ?? '',
        headers: incoming.headers,
        body
      }
      requests.push(request)
      const drop = () => {
        droppedByUs.add(response)
        response.destroy()
      }
      await answer(request, response, options, { gone: gone.signal, drop })
    } catch (error) {
      if (!gone.signal.aborted) throw error
    }
  })
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(options.port ?? 0, '127.0.0.1', resolve)
  })
  const { port } = server.address() as AddressInfo

  return {
    baseUrl: `http://127.0.0.1:${port}/v1`,
    port,
    requests,
    get disconnects() {
      return disconnects
    },
    close: () => {
      closing = true
      return new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      })
    }
  }
}

interface Connection {
  gone: AbortSignal
  /** Destroys the socket under the answer. */
  drop: () => void
}

/** What an answer is made of: its pieces in order, and how it goes wrong. */
interface Script {
  reasoning?: string[]
  pieces: Iterable<string>
  promptTokens?: number
  delayMs: number
  end: 'complete' | 'cut' | 'unfinished' | 'error-event'
}

async function answer(
  request: RecordedRequest,
  response: ServerResponse,
  options: FakeUpstreamOptions,
  connection: Connection
): Promise<void> {
  if (options.apiKey !== undefined && request.headers.authorization !== `Bearer ${options.apiKey}`) {
    return sendError(response, 401, 'Incorrect API key provided.', 'invalid_request_error', 'invalid_api_key')
  }
  if (request.method === 'GET' && request.path === '/v1/models' && !options.noModelList) {
    const ids: string[] = options.showcase ? Object.keys(options.showcase.models) : Object.values(fakeModels)
    const data = ids.map((id) => ({ id, object: 'model', created, owned_by: 'fake' }))
    return sendJson(response, 200, { object: 'list', data })
  }
  if (request.method !== 'POST' || request.path !== '/v1/chat/completions') {
    return sendError(
      response,
      404,
      `Invalid URL (${request.method} ${request.path})`,
      'invalid_request_error'
    )
  }
  const body = JSON.parse(request.body.toString('utf8'))
  const model = String(body.model)
  const behaviour = options.showcase?.models[model] ?? model
  if (behaviour === fakeModels.silent) return
  if (sendFailure(response, behaviour)) return
  const script =
    behaviour === 'answers'
      ? shownAnswer(options.showcase?.answers ?? {}, body.messages ?? [])
      : scriptOf(behaviour, body)
  if (script === null) {
    const message = `The model \`${model}\` does not exist or you do not have access to it.`
    return sendError(response, 404, message, 'invalid_request_error', 'model_not_found')
  }
  if (body.stream === true) {
    return stream(response, model, script, body.stream_options?.include_usage === true, connection)
  }
  if (model === fakeModels.endless) return
  sendPlain(response, model, script, connection)
}

/** Answers the models that only ever fail. */
function sendFailure(response: ServerResponse, model: string): boolean {
  if (model === fakeModels.rateLimited) {
    response.setHeader('retry-after', '7')
    sendError(response, 429, 'Rate limit reached for requests.', 'requests', 'rate_limit_exceeded')
  } else if (model === fakeModels.failing) {
    sendError(response, 500, 'The server had an error while processing your request.', 'server_error')
  } else if (model === fakeModels.badParameter) {
    sendError(
      response,
      400,
      "Invalid 'temperature': must be at most 2.",
      'invalid_request_error',
      null,
      'temperature'
    )
  } else if (model === fakeModels.html) {
    response.writeHead(200, { 'content-type': 'text/html' })
    response.end('<!doctype html><title>Welcome</title><h1>Sign in to the network</h1>')
  } else {
    return false
  }
  return true
}

function scriptOf(model: string, body: { messages?: { role: string; content: unknown }[] }): Script | null {
  const timed = /^fake-c(\d+)-d(\d+)$/.exec(model)
  if (timed) {
    const pieces = Array.from({ length: Number(timed[1]) }, (_, index) => ` tok${index}`)
    return { pieces, delayMs: Number(timed[2]), end: 'complete' }
  }
  const hello = inPieces('Hello from the fake upstream.')
  switch (model) {
    case fakeModels.small:
      return { pieces: hello, delayMs: 0, end: 'complete' }
    case fakeModels.echo:
      return { pieces: inPieces(lastUserText(body.messages ?? [])), delayMs: 0, end: 'complete' }
    case fakeModels.markdown:
      return { pieces: inPieces(MARKDOWN), delayMs: 4, end: 'complete' }
    case fakeModels.reasoning:
      return {
        reasoning: inPieces('The person greets me. I greet back.'),
        pieces: hello,
        delayMs: 0,
        end: 'complete'
      }
    case fakeModels.endless:
      return { pieces: endlessWords(), delayMs: 20, end: 'complete' }
    case fakeModels.cut:
      return { pieces: hello, delayMs: 0, end: 'cut' }
    case fakeModels.unfinished:
      return { pieces: hello, delayMs: 0, end: 'unfinished' }
    case fakeModels.errorEvent:
      return { pieces: hello, delayMs: 0, end: 'error-event' }
    default:
      return null
  }
}

function shownAnswer(
  answers: Readonly<Record<string, string>>,
  messages: readonly { role: string; content: unknown }[]
): Script {
  const text = answers[lastUserText(messages)] ?? 'Done.'
  return { pieces: inPieces(text), promptTokens: 1840, delayMs: 8, end: 'complete' }
}

function sendPlain(response: ServerResponse, model: string, script: Script, connection: Connection): void {
  if (script.end === 'error-event') {
    sendError(response, 500, 'The server had an error while processing your request.', 'server_error')
    return
  }
  const pieces = [...script.pieces]
  const message = {
    role: 'assistant',
    content: pieces.join(''),
    ...(script.reasoning && { reasoning_content: script.reasoning.join('') }),
    refusal: null,
    annotations: []
  }
  const body = Buffer.from(
    JSON.stringify({
      id: 'chatcmpl-fake0001',
      object: 'chat.completion',
      created,
      model,
      choices: [{ index: 0, message, logprobs: null, finish_reason: 'stop' }],
      usage: usageOf(script, pieces.length),
      service_tier: 'default',
      system_fingerprint: 'fp_fake'
    })
  )
  response.writeHead(200, {
    'content-type': 'application/json',
    'content-length': body.length,
    'x-request-id': 'req_fake'
  })
  if (script.end === 'complete') response.end(body)
  else response.write(body.subarray(0, body.length / 2), connection.drop)
}

async function stream(
  response: ServerResponse,
  model: string,
  script: Script,
  includeUsage: boolean,
  { gone, drop }: Connection
): Promise<void> {
  response.writeHead(200, {
    'content-type': 'text/event-stream; charset=utf-8',
    'cache-control': 'no-cache',
    'x-request-id': 'req_fake'
  })
  const send = (data: unknown) => response.write(`data: ${JSON.stringify(data)}\n\n`)
  const head = { id: 'chatcmpl-fake0001', object: 'chat.completion.chunk', created, model }
  const sendDelta = (delta: unknown, finishReason: string | null = null) =>
    send({
      ...head,
      service_tier: 'default',
      system_fingerprint: 'fp_fake',
      choices: [{ index: 0, delta, logprobs: null, finish_reason: finishReason }],
      ...(includeUsage && { usage: null })
    })
  const pause = () => (script.delayMs > 0 ? sleep(script.delayMs, undefined, { signal: gone }) : undefined)

  sendDelta({ role: 'assistant', content: '', refusal: null })
  for (const piece of script.reasoning ?? []) {
    await pause()
    sendDelta({ reasoning_content: piece })
  }
  let sent = 0
  for (const piece of script.pieces) {
    await pause()
    if (gone.aborted) return
    sendDelta({ content: piece })
    sent++
    if (script.end !== 'complete' && sent === 3) break
  }
  if (script.end === 'cut') {
    response.write('data: {"id":"chatcmpl-fake0001","obj', drop)
    return
  }
  if (script.end === 'error-event') {
    send({
      error: { message: 'The model crashed.', type: 'server_error', param: null, code: 'model_crashed' }
    })
  }
  if (script.end === 'complete') {
    sendDelta({}, 'stop')
    if (includeUsage) send({ ...head, choices: [], usage: usageOf(script, sent) })
    response.write('data: [DONE]\n\n')
  }
  response.end()
}

const created = 1_750_000_000

/** One token a piece; a third of the prompt is cached. */
function usageOf({ reasoning: thoughts, promptTokens = 12 }: Script, text: number): unknown {
  const reasoning = thoughts?.length ?? 0
  return {
    prompt_tokens: promptTokens,
    completion_tokens: reasoning + text,
    total_tokens: promptTokens + reasoning + text,
    prompt_tokens_details: { cached_tokens: Math.floor(promptTokens / 3), audio_tokens: 0 },
    completion_tokens_details: {
      reasoning_tokens: reasoning,
      audio_tokens: 0,
      accepted_prediction_tokens: 0,
      rejected_prediction_tokens: 0
    }
  }
}

function sendJson(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { 'content-type': 'application/json', 'x-request-id': 'req_fake' })
  response.end(JSON.stringify(body))
}

function sendError(
  response: ServerResponse,
  status: number,
  message: string,
  type: string,
  code: string | null = null,
  param: string | null = null
): void {
  sendJson(response, status, { error: { message, type, param, code } })
}

function lastUserText(messages: readonly { role: string; content: unknown }[]): string {
  const content = messages.findLast((message) => message.role === 'user')?.content ?? ''
  if (!Array.isArray(content)) return String(content)
  return content.map((part: { text?: string }) => part.text ?? '').join('')
}

/** Splits before each space, so that joining the pieces gives the text again. */
function inPieces(text: string): string[] {
  return text.split(/(?= )/)
}

function* endlessWords(): Generator<string> {
  for (let index = 0; ; index++) yield ` word${index}`
}

const MARKDOWN = `# A small tour

Some **bold**, some *italic*, some \`inline code\` and a [link](https://example.com).

## A list

- The first thing
- The second thing
  1. with a part
  2. and another

## A table

| Model | Tokens | Cost |
| --- | ---: | ---: |
| small | 120 | $0.001 |
| large | 4,800 | $0.12 |

## Code

\`\`\`ts
export function greet(name: string): string {
  return \`Hello, \${name}!\`
}
\`\`\`

> A quotation to end with.
`
