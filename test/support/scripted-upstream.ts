import { createServer, type IncomingHttpHeaders, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { buffer } from 'node:stream/consumers'

export interface ScriptedRequest {
  headers: IncomingHttpHeaders
  body: Buffer
  /** The body as JSON; null where it is none. */
  json: Record<string, unknown> | null
}

/** Answers one request. Whoever never ends the response keeps the client waiting. */
export type Answer = (request: ScriptedRequest, response: ServerResponse) => unknown

/** A real HTTP server on loopback whose answers a test writes itself, by the path below `/v1`. */
export interface ScriptedUpstream {
  /** Ends in `/v1`. */
  readonly baseUrl: string
  /** Replaced at any time; a path that is absent is a 404. `models` is there from the beginning. */
  readonly answers: Record<string, Answer>
  readonly requests: (ScriptedRequest & { path: string })[]
  /** Responses whose client went away before they were finished. */
  readonly disconnects: number
  close(): Promise<void>
}

export async function startScriptedUpstream(models: readonly string[]): Promise<ScriptedUpstream> {
  const requests: ScriptedUpstream['requests'] = []
  const answers: ScriptedUpstream['answers'] = {
    models: (_, response) => sendJson(response, { object: 'list', data: models.map((id) => ({ id })) })
  }
  let disconnects = 0
  const server = createServer(async (incoming, response) => {
    response.on('close', () => {
      if (!response.writableFinished) disconnects++
    })
    const body = await buffer(incoming)
    const path = (incoming.url ?? '').replace('/v1/', '')
    const request = { headers: incoming.headers, body, json: parse(body) }
    requests.push({ ...request, path })
    const answer = answers[path]
    if (answer) answer(request, response)
    else sendJson(response, { error: { message: `no ${path}`, type: 'invalid_request_error' } }, 404)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return {
    baseUrl: `http://127.0.0.1:${port}/v1`,
    answers,
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

export function sendJson(response: ServerResponse, body: unknown, status = 200): void {
  response.writeHead(status, { 'content-type': 'application/json' })
  response.end(JSON.stringify(body))
}

/** A stream of chunks as OpenAI's chat completions write it; without `end`, it goes on for ever. */
export function sendChunks(response: ServerResponse, chunks: readonly unknown[], end = true): void {
  response.writeHead(200, { 'content-type': 'text/event-stream' })
  for (const chunk of chunks) response.write(`data: ${JSON.stringify(chunk)}\n\n`)
  if (end) response.end('data: [DONE]\n\n')
}

function parse(body: Buffer): Record<string, unknown> | null {
  try {
    return JSON.parse(body.toString())
  } catch {
    return null
  }
}
