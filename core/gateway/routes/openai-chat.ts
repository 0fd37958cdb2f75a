import type { OutgoingHttpHeaders, ServerResponse } from 'node:http'
import { HomeportError } from '../../errors/homeport-error.ts'
import { asHomeportError } from '../../errors/internal-error.ts'
import { openaiErrorBody } from '../../errors/openai-error.ts'
import { traceIdOf } from '../../errors/trace-of-error.ts'
import type { Caller, Pipeline } from '../../pipeline/context.ts'
import type { ChatEvent, ChatRequest } from '../../providers/spec/chat.ts'
import {
  type ChatParameters,
  isRecord,
  type Json,
  readChatParameters
} from '../dialects/openai-chat-parameters.ts'
import { toChatRequest } from '../dialects/openai-chat-request.ts'
import { type AnswerIdentity, ChunkEncoder, CompletionBuilder } from '../dialects/openai-chat-response.ts'
import { clientGone, drained, sseData } from '../event-stream.ts'
import type { Exchange } from '../exchange.ts'
import { readJsonBody } from '../request-body.ts'
import { headerText, send } from '../respond.ts'
import { parseJson } from '../strict-json.ts'

const dialect = 'openai-chat'
/** Where a JSON schema may stand, whose properties may have any name. */
const schemaMembers = ['response_format', 'tools', 'functions']
const maxWarningLength = 2000

type Answer = Awaited<ReturnType<Pipeline['call']>>

/** `POST /v1/chat/completions`. The call is aborted the moment the client goes away. */
export async function serveChat(
  { req, res }: Exchange,
  caller: Caller,
  pipeline: Pipeline,
  bodyLimit: number
): Promise<void> {
  const body = await readJsonBody(req, res, bodyLimit)
  const json = parseJson(body, schemaMembers)
  if (!isRecord(json)) throw new HomeportError('bad-request', 'The body must be a JSON object.')
  const parameters = readChatParameters(json)
  const client = new AbortController()
  res.once('close', () => {
    if (!res.writableFinished) client.abort()
  })
  const answer = await pipeline.call({
    caller,
    dialect,
    model: parameters.model,
    stream: parameters.stream,
    request: parsedOnce(json),
    wire: { dialect, body, json },
    signal: client.signal
  })
  if (parameters.stream) await streamAnswer(res, answer, parameters)
  else await sendAnswer(res, answer)
}

function parsedOnce(json: Json): () => ChatRequest {
  let request: ChatRequest | null = null
  return () => {
    request ??= toChatRequest(json)
    return request
  }
}

/**
 * Writes events as they come. Until the first one an error can still become an ordinary answer; after it, it is sent as an
 * event of its own, and the stream ends without the `[DONE]` that says it was complete. Throws the error in both cases.
 */
async function streamAnswer(
  res: ServerResponse,
  answer: Answer,
  { includeUsage }: ChatParameters
): Promise<void> {
  const writer = answer.head.wireDialect === dialect ? wireWriter : neutralWriter(answer, includeUsage)
  try {
    for await (const event of answer.events) {
      const text = writer.event(event)
      if (text === '') continue
      if (res.destroyed) throw clientGone()
      if (!res.headersSent) startStream(res, answer)
      if (!res.write(text)) await drained(res)
    }
  } catch (error) {
    if (!res.headersSent || res.destroyed) throw error
    const body = openaiErrorBody(asHomeportError(error), traceIdOf(error) ?? answer.traceId)
    res.end(sseData(JSON.stringify(body)))
    throw error
  }
  if (!res.headersSent) startStream(res, answer)
  res.end(writer.end())
}

function startStream(res: ServerResponse, answer: Answer): void {
  const headers = answerHeaders(answer)
  headers['content-type'] = 'text/event-stream; charset=utf-8'
  headers['cache-control'] = 'no-cache'
  res.writeHead(200, headers)
}

interface StreamWriter {
  /** The text of one event; empty when the client gets none for it. */
  event(event: ChatEvent): string
  end(): string
}

const doneEvent = 'data: [DONE]\n\n'
const wireWriter: StreamWriter = {
  event: ({ wire }) => (wire === undefined ? '' : sseData(wire)),
  end: () => doneEvent
}

function neutralWriter(answer: Answer, includeUsage: boolean): StreamWriter {
  const encoder = new ChunkEncoder(identityOf(answer), includeUsage)
  return {
    event: (event) => encoder.encode(event).map(sseData).join(''),
    end: () => encoder.end().map(sseData).join('') + doneEvent
  }
}

async function sendAnswer(res: ServerResponse, answer: Answer): Promise<void> {
  let json = ''
  if (answer.head.wireDialect === dialect) {
    for await (const { wire } of answer.events) json += wire ?? ''
  } else {
    const completion = new CompletionBuilder()
    for await (const event of answer.events) completion.add(event)
    json = JSON.stringify(completion.build(identityOf(answer)))
  }
  if (!res.destroyed) send(res, 200, json, answerHeaders(answer))
}

function identityOf({ traceId, model }: Answer): AnswerIdentity {
  return { id: traceId, model, created: Math.floor(Date.now() / 1000) }
}

/** Headers of an upstream that would change what this connection or a browser does with the answer. */
const ownHeaders =
  /^(connection|keep-alive|transfer-encoding|trailer|upgrade|content-|set-cookie|access-control-|vary|date)/

function answerHeaders({ head, traceId }: Answer): OutgoingHttpHeaders {
  const headers: OutgoingHttpHeaders = {}
  for (const name in head.headers) {
    if (!ownHeaders.test(name)) headers[name] = headerText(head.headers[name] ?? '')
  }
  headers['x-homeport-trace-id'] = traceId
  if (head.warnings.length > 0) {
    headers['x-homeport-warning'] = headerText(head.warnings.join('; ').slice(0, maxWarningLength))
  }
  return headers
}
