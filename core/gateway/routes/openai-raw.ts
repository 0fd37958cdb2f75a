import type { Caller, ModelTarget, OtherDialect } from '../../pipeline/context.ts'
import type { ChatAnswer, ChatRequest } from '../../providers/spec/chat.ts'
import type { RawOperation } from '../../providers/spec/operations.ts'
import { clientSignal } from '../client-signal.ts'
import type { DialectParts } from '../dialect-routes.ts'
import { readModelName, readStreamFlag } from '../dialects/json-fields.ts'
import { findField, withField } from '../dialects/openai-raw/multipart.ts'
import type { Exchange } from '../exchange.ts'
import { cannotDo, textRequest } from '../operation-call.ts'
import { readJsonObject } from '../read-json.ts'
import { type BodyType, readBody } from '../request-body.ts'
import type { Serve } from '../route-table.ts'
import { RawRelay } from './openai-raw-relay.ts'

/** A request that is handed on as it is, but for the model's name. */
interface RawRequest {
  operation: RawOperation
  dialect: OtherDialect
  model: string
  stream: boolean
  request: () => ChatRequest
  contentType: string
  /** Of the text to say aloud; null where there is none. */
  spokenCharacters: number | null
  /** The body with a provider's own name of the model in it. */
  bodyFor(model: string): Buffer
}

const multipart: BodyType = { pattern: /^multipart\/form-data\s*;/i, name: 'multipart/form-data' }

/** `POST /v1/images/generations`, `/v1/audio/speech` and `/v1/moderations`. */
export const serveImages = jsonOperation('images/generations', 'openai-images', 'prompt')
export const serveSpeech = jsonOperation('audio/speech', 'openai-audio', 'input')
export const serveModerations = jsonOperation('moderations', 'openai-moderations', 'input')

/** `POST /v1/audio/transcriptions`. */
export const serveTranscriptions: Serve = async (exchange, caller, parts) => {
  const { req, res } = exchange
  const contentType = req.headers['content-type'] ?? ''
  const body = await readBody(req, res, parts.bodyLimit, multipart)
  const field = findField(body, contentType, 'model')
  await relay(exchange, caller, parts, {
    operation: 'audio/transcriptions',
    dialect: 'openai-audio',
    model: readModelName(field?.value),
    stream: findField(body, contentType, 'stream')?.value === 'true',
    request: () => textRequest([]),
    contentType,
    spokenCharacters: null,
    bodyFor: (model) => (field === null ? body : withField(body, field, model))
  })
}

/** An operation whose request is JSON with its words in the member `words`. */
function jsonOperation(operation: RawOperation, dialect: OtherDialect, words: string): Serve {
  return async (exchange, caller, parts) => {
    const { json } = await readJsonObject(exchange, parts.bodyLimit)
    await relay(exchange, caller, parts, {
      operation,
      dialect,
      model: readModelName(json.model),
      // speech comes as sound, piece by piece
      stream: readStreamFlag(json.stream) || operation === 'audio/speech',
      request: () => textRequest([json[words]].flat().filter((text) => typeof text === 'string')),
      contentType: 'application/json',
      spokenCharacters: operation === 'audio/speech' ? charactersIn(json.input) : null,
      bodyFor: (model) => Buffer.from(JSON.stringify({ ...json, model }))
    })
  }
}

/** As people count them: a surrogate pair is one. */
const charactersIn = (text: unknown): number | null => (typeof text === 'string' ? [...text].length : null)

async function relay(
  { res }: Exchange,
  caller: Caller,
  { pipeline }: DialectParts,
  { operation, dialect, model, stream, request, contentType, spokenCharacters, bodyFor }: RawRequest
): Promise<void> {
  const relay = new RawRelay(spokenCharacters)
  const perform = async (target: ModelTarget, signal: AbortSignal): Promise<ChatAnswer> => {
    const { provider } = target
    if (!provider.raw) throw cannotDo(provider, 'this operation')
    const answer = await provider.raw({ operation, body: bodyFor(target.model), contentType, signal })
    return {
      wireDialect: null,
      headers: answer.headers,
      warnings: [],
      events: relay.take(answer, provider.name, signal)
    }
  }
  const signal = clientSignal(res)
  const answer = await pipeline.call({
    caller,
    dialect,
    perform,
    model,
    stream,
    request,
    wire: null,
    signal
  })
  await relay.writeTo(res, answer)
}
