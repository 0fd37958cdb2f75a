import { readFileSync } from 'node:fs'
import { createServer, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'

type Body = Readonly<Record<string, unknown>>

/** What the fake upstream does is chosen by the model's name; any other is a 404. */
export const responsesModels = {
  /** One sentence. */
  text: 'gpt-text',
  /** Calls two tools; with their results in the input, a sentence. */
  tools: 'gpt-tools',
  /** A summary of reasoning with its encrypted content, then a sentence. */
  thinks: 'gpt-5-thinks',
  /** A JSON object. */
  json: 'gpt-json',
  /** 429, in OpenAI's words. */
  limited: 'gpt-limited',
  /** Drops the connection in the middle of a stream. */
  cut: 'gpt-cut',
  /** Begins an answer and never ends it. */
  endless: 'gpt-endless'
} as const

/** A real HTTP server that speaks OpenAI's Responses API, and chat completions for `chat-tools` and `chat-json`. */
export interface FakeResponsesUpstream {
  /** Ends in `/v1`. */
  readonly baseUrl: string
  readonly requests: readonly { path: string; body: Body }[]
  /** Answers that were asked for and left before their end. */
  readonly disconnects: number
  close(): Promise<void>
}

const fixtures = join(import.meta.dirname, '../../core/providers/openai/__fixtures__')
let answers = 0

/** A recorded answer with ids of its own: no two answers of OpenAI have the same. */
function fixture(name: string): string {
  const id = (++answers).toString(16).padStart(32, '0')
  return readFileSync(join(fixtures, name), 'utf8').replaceAll('68f4c1a9e2b08190a7d1c3f5e6b7a8c9', id)
}

export async function startFakeResponsesUpstream(): Promise<FakeResponsesUpstream> {
  const requests: { path: string; body: Body }[] = []
  let disconnects = 0
  const server = createServer(async (incoming, response) => {
    response.on('close', () => {
      if (!response.writableFinished) disconnects++
    })
    const path = incoming.url ?? ''
    const sent = await text(incoming)
    const body: Body = sent === '' ? {} : JSON.parse(sent)
    requests.push({ path, body })
    if (path === '/v1/models') {
      const data = Object.values(responsesModels).map((id) => ({ id, object: 'model' }))
      sendJson(response, 200, JSON.stringify({ object: 'list', data }))
    } else if (path === '/v1/responses/input_tokens') {
      sendJson(response, 200, JSON.stringify({ object: 'response.input_tokens', input_tokens: 42 }))
    } else if (path === '/v1/responses') answer(response, body)
    else if (path === '/v1/chat/completions') answerChat(response, body)
    else sendError(response, 404, 'No such address.', 'not_found')
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return {
    baseUrl: `http://127.0.0.1:${port}/v1`,
    requests,
    get disconnects() {
      return disconnects
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      })
  }
}

function answer(response: ServerResponse, body: Body): void {
  const { model } = body
  const hasResults = JSON.stringify(body.input).includes('function_call_output')
  if (model === responsesModels.text) send(response, body, 'text')
  else if (model === responsesModels.tools) send(response, body, hasResults ? 'text' : 'parallel-tools')
  else if (model === responsesModels.thinks) send(response, body, 'reasoning')
  else if (model === responsesModels.json) sendJson(response, 200, withText('{"city":"Oslo"}'))
  else if (model === responsesModels.limited) {
    response.setHeader('retry-after-ms', '6490')
    sendError(response, 429, 'Rate limit reached for gpt-limited.', 'rate_limit_exceeded')
  } else if (model === responsesModels.cut || model === responsesModels.endless) {
    const events = fixture('text.sse').split('\n\n').slice(0, 6)
    response.writeHead(200, { 'content-type': 'text/event-stream' })
    response.write(`${events.join('\n\n')}\n\n`, () => {
      if (model === responsesModels.cut) response.destroy()
    })
  } else sendError(response, 404, `The model '${String(model)}' does not exist.`, 'model_not_found')
}

/** A recorded answer, the whole or its events. */
function send(response: ServerResponse, { stream }: Body, name: string): void {
  if (stream !== true) {
    sendJson(response, 200, fixture(`${name}.json`))
    return
  }
  response.writeHead(200, { 'content-type': 'text/event-stream', 'x-request-id': 'req_fake' })
  response.end(fixture(`${name}.sse`))
}

function withText(text: string): string {
  const body = JSON.parse(fixture('text.json'))
  body.output[0].content[0].text = text
  return JSON.stringify(body)
}

const choice = (message: object, finish: string) => ({
  id: 'chatcmpl-1',
  object: 'chat.completion',
  created: 1_760_000_000,
  choices: [{ index: 0, message: { role: 'assistant', ...message }, finish_reason: finish }],
  usage: { prompt_tokens: 10, completion_tokens: 5, total_tokens: 15 }
})

function answerChat(response: ServerResponse, { model, messages, response_format: format }: Body): void {
  const results = (messages as { role: string; content: unknown }[]).filter(({ role }) => role === 'tool')
  const call = (id: string, city: string) => ({
    id,
    type: 'function',
    function: { name: 'get_weather', arguments: JSON.stringify({ city }) }
  })
  let body = choice({ content: results.map(({ content }) => content).join(' and ') }, 'stop')
  if (model === 'chat-json') {
    body = choice({ content: JSON.stringify({ city: format === undefined ? 'none' : 'Oslo' }) }, 'stop')
  } else if (results.length === 0) {
    body = choice({ content: null, tool_calls: [call('a', 'Oslo'), call('b', 'Rome')] }, 'tool_calls')
  }
  sendJson(response, 200, JSON.stringify({ ...body, model }))
}

function sendJson(response: ServerResponse, status: number, body: string): void {
  response.writeHead(status, { 'content-type': 'application/json', 'x-request-id': 'req_fake' })
  response.end(body)
}

function sendError(response: ServerResponse, status: number, message: string, code: string): void {
  const type = status === 429 ? 'tokens' : 'invalid_request_error'
  sendJson(response, status, JSON.stringify({ error: { message, type, param: null, code } }))
}
