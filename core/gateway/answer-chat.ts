import type { OutgoingHttpHeaders, ServerResponse } from 'node:http'
import { asHomeportError } from '../errors/internal-error.ts'
import { attachTraceId } from '../errors/trace-of-error.ts'
import type { Caller, Pipeline } from '../pipeline/context.ts'
import type { ChatRequest } from '../providers/spec/chat.ts'
import { answerHeaders, costHeader } from './answer-headers.ts'
import { withSources } from './answer-sources.ts'
import { clientSignal } from './client-signal.ts'
import type { AnswerIdentity, ChatDialect, ChatParameters } from './dialects/chat-dialect.ts'
import type { Json } from './dialects/json-fields.ts'
import { clientGone, drained } from './event-stream.ts'
import type { Exchange } from './exchange.ts'
import { takeKnowledge } from './knowledge-wish.ts'
import { send } from './respond.ts'

/** A chat request that was read and checked, in the dialect it came in. */
export interface ChatExchange<P extends ChatParameters> {
  exchange: Exchange
  caller: Caller
  dialect: ChatDialect<P>
  parameters: P
  body: Buffer
  json: Json
  /** Headers of the dialect that an upstream of the same dialect must see, lower-case names. */
  forwardedHeaders?: Readonly<Record<string, string>>
}

type Answer = Awaited<ReturnType<Pipeline['call']>>

/** Sends the request through the pipeline and its answer to the client. The call ends when the client goes away. */
export async function answerChat<P extends ChatParameters>(
  pipeline: Pipeline,
  { exchange, caller, dialect, parameters, body: sent, json: whole, forwardedHeaders = {} }: ChatExchange<P>
): Promise<void> {
  const { res } = exchange
  const { body, json, knowledge } = takeKnowledge(sent, whole)
  const answer = await pipeline.call({
    caller,
    dialect: dialect.dialect,
    model: parameters.model,
    stream: parameters.stream,
    request: parsedOnce(() => dialect.toChatRequest(json, parameters)),
    wire: { dialect: dialect.dialect, body, json, headers: forwardedHeaders },
    signal: clientSignal(res),
    ...(knowledge && { knowledge })
  })
  try {
    if (parameters.stream) await streamAnswer(res, answer, dialect, parameters)
    else await sendAnswer(res, answer, dialect, parameters)
  } catch (error) {
    attachTraceId(error, answer.traceId)
    throw error
  }
}

function parsedOnce(parse: () => ChatRequest): () => ChatRequest {
  let request: ChatRequest | null = null
  return () => {
    request ??= parse()
    return request
  }
}

/**
 * Writes events as they come. Until the first one an error can still become an ordinary answer; after it, it is sent in
 * the stream, which ends without what says that it was complete. Throws the error in both cases.
 */
async function streamAnswer<P extends ChatParameters>(
  res: ServerResponse,
  answer: Answer,
  dialect: ChatDialect<P>,
  parameters: P
): Promise<void> {
  const isWire = answer.head.wireDialect === dialect.dialect
  const writer = isWire
    ? dialect.wireWriter(parameters)
    : dialect.streamWriter(identityOf(answer), parameters)
  let { sources } = answer.head
  try {
    for await (const event of answer.events) {
      const text = withSources(writer.event(event), sources)
      if (text === '') continue
      sources = undefined
      if (res.destroyed) throw clientGone()
      if (!res.headersSent) startStream(res, answer, dialect.streamType)
      if (!res.write(text)) await drained(res)
    }
  } catch (error) {
    if (!res.headersSent || res.destroyed) throw error
    res.end(dialect.streamError(asHomeportError(error), answer.traceId))
    throw error
  }
  if (!res.headersSent) startStream(res, answer, dialect.streamType)
  res.end(writer.end())
}

function startStream(res: ServerResponse, answer: Answer, type: string): void {
  const headers: OutgoingHttpHeaders = answerHeaders(answer)
  headers['content-type'] = type
  headers['cache-control'] = 'no-cache'
  res.writeHead(200, headers)
}

async function sendAnswer<P extends ChatParameters>(
  res: ServerResponse,
  answer: Answer,
  dialect: ChatDialect<P>,
  parameters: P
): Promise<void> {
  let json = ''
  if (answer.head.wireDialect === dialect.dialect) {
    for await (const { wire } of answer.events) json += wire ?? ''
    json = dialect.wireBody?.(json, parameters) ?? json
  } else {
    const builder = dialect.answerBuilder(identityOf(answer), parameters)
    for await (const event of answer.events) builder.add(event)
    json = JSON.stringify(builder.build())
  }
  const { cost } = await answer.done
  if (!res.destroyed)
    send(res, 200, withSources(json, answer.head.sources), { ...answerHeaders(answer), ...costHeader(cost) })
}

function identityOf({ traceId, model }: Answer): AnswerIdentity {
  return { id: traceId, model, created: Math.floor(Date.now() / 1000) }
}
