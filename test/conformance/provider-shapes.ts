import type { Dialect } from '../../core/providers/spec/chat.ts'

/** The model that a provider is asked for. */
export const MODEL = 'some-model'

type Json = Record<string, unknown>

/** What providers of one wire dialect do alike, and other than those of another. */
export interface WireShape {
  dialect: Dialect
  /** Whether a plain fixture's body is of this dialect. */
  isAnswer(body: Json): boolean
  /** How the address of a chat ends, without its query. */
  path(stream: boolean): string
  /** The header that carries the key, and what stands before it. */
  key: { header: string; prefix: string }[]
  /** A client's request as odd as it may be written. */
  body: string
  /** The same as the upstream must get it: every byte outside of what we must set as it was. */
  spliced: string
  /** Whether a payload of a stream makes its answer complete. */
  completes(payload: Json): boolean
  /** An error in the middle of a stream that says `Model crashed`, as one event. */
  error: string
}

const odd = '"x_vendor":{"z":1,"a":"\\u00e9"},\n'
const bearer = [{ header: 'authorization', prefix: 'Bearer ' }]
const asObject = (value: unknown): Json => (typeof value === 'object' && value !== null ? { ...value } : {})
const asList = (value: unknown): unknown[] => (Array.isArray(value) ? value : [])

const openaiChat: WireShape = {
  dialect: 'openai-chat',
  isAnswer: (body) => Array.isArray(body.choices),
  path: () => '/chat/completions',
  key: [...bearer, { header: 'api-key', prefix: '' }],
  body: ` {"temperature":1.0 ,"model" : "up/x",${odd}"messages":[],"stream":true}\n`,
  spliced: ` {"temperature":1.0 ,"model" : "${MODEL}",${odd}"messages":[],"stream":true,"stream_options":{"include_usage":true}}\n`,
  completes: ({ choices }) => asList(choices).some((choice) => asObject(choice).finish_reason),
  error: 'data: {"error":{"message":"Model crashed","type":"server_error","code":502}}\n\n'
}

const openaiResponses: WireShape = {
  dialect: 'openai-responses',
  isAnswer: ({ object }) => object === 'response',
  path: () => '/responses',
  key: [...bearer, { header: 'api-key', prefix: '' }],
  body: ` {"temperature":1.0 ,"model" : "up/x",${odd}"input":"Hi","stream":true}\n`,
  spliced: ` {"temperature":1.0 ,"model" : "${MODEL}",${odd}"input":"Hi","stream":true}\n`,
  completes: ({ type }) => type === 'response.completed' || type === 'response.incomplete',
  error:
    'event: error\ndata: {"type":"error","code":"server_error","message":"Model crashed","param":null,"sequence_number":9}\n\n'
}

const anthropicMessages: WireShape = {
  dialect: 'anthropic-messages',
  isAnswer: ({ type }) => type === 'message',
  path: () => '/v1/messages',
  key: [{ header: 'x-api-key', prefix: '' }],
  body: ` {"max_tokens":1e2 ,"model" : "up/x",${odd}"messages":[],"stream":true}\n`,
  spliced: ` {"max_tokens":1e2 ,"model" : "${MODEL}",${odd}"messages":[],"stream":true}\n`,
  completes: ({ type }) => type === 'message_stop',
  error:
    'event: error\ndata: {"type":"error","error":{"type":"api_error","message":"Model crashed"},"request_id":"req_1"}\n\n'
}

const googleGenerate: WireShape = {
  dialect: 'google-generate',
  isAnswer: (body) => 'candidates' in body || 'promptFeedback' in body,
  path: (stream) => `/models/${MODEL}:${stream ? 'streamGenerateContent' : 'generateContent'}`,
  key: [{ header: 'x-goog-api-key', prefix: '' }],
  // the model stands in the address alone
  body: ` {"contents" : [],${odd}"generationConfig":{"temperature":1.0}}\n`,
  spliced: ` {"contents" : [],${odd}"generationConfig":{"temperature":1.0}}\n`,
  completes: ({ candidates, promptFeedback }) =>
    asObject(promptFeedback).blockReason !== undefined ||
    asList(candidates).some((candidate) => asObject(candidate).finishReason),
  error: 'data: {"error":{"code":500,"message":"Model crashed","status":"INTERNAL"}}\n\n'
}

const cohereChat: WireShape = {
  dialect: 'cohere-chat',
  isAnswer: (body) => 'message' in body && 'finish_reason' in body,
  path: () => '/v2/chat',
  key: bearer,
  body: ` {"temperature":1.0 ,"model" : "up/x",${odd}"messages":[],"stream":true}\n`,
  spliced: ` {"temperature":1.0 ,"model" : "${MODEL}",${odd}"messages":[],"stream":true}\n`,
  completes: ({ type }) => type === 'message-end',
  error:
    'event: message-end\ndata: {"type":"message-end","delta":{"finish_reason":"ERROR","error":"Model crashed"}}\n\n'
}

const shapes = [openaiChat, openaiResponses, anthropicMessages, googleGenerate, cohereChat]

/** The dialect that a plain fixture is written in. */
export function shapeOf(plain: string): WireShape {
  const body = asObject(JSON.parse(plain))
  const shape = shapes.find(({ isAnswer }) => isAnswer(body))
  if (!shape) throw new Error('a fixture is in no dialect that the suite knows')
  return shape
}
