import type { ChatRequest } from '../../../providers/spec/chat.ts'
import type { OutputFormat, ReasoningRequest } from '../../../providers/spec/chat-options.ts'
import { localIdOf } from '../../on-device-models.ts'
import type { ChatParameters } from '../chat-dialect.ts'
import { badParameter, checkNumbers, isRecord, type Json, readStreamFlag, whole } from '../json-fields.ts'
import { asksToUnload } from './keep-alive.ts'
import type { NamedModel } from './model-name.ts'
import { fromOptions, readOptions } from './options.ts'

export type Think = boolean | 'low' | 'medium' | 'high' | null

/** What the route itself must know of a request. */
export interface OllamaParameters extends ChatParameters {
  think: Think
  /** Whether the model is known to think before it answers. */
  canThink: boolean
  /** On this machine's engine. */
  runsHere: boolean
  /** Milliseconds of the monotonic clock, for the durations that an answer reports. */
  receivedAt: number
}

/** Members of a body that both addresses have, and that are mapped or mean nothing elsewhere (`keep_alive`). */
const common = [
  'model',
  'name',
  'stream',
  'format',
  'options',
  'think',
  'keep_alive',
  'logprobs',
  'top_logprobs'
]

/** Checks what `/api/chat` and `/api/generate` have in common. Throws `bad-request`. */
export function readParameters(body: Json, { name, model }: NamedModel): OllamaParameters {
  checkNumbers(body, { top_logprobs: whole(0, 20) })
  readOptions(body.options)
  toOutput(body.format)
  return {
    model: name,
    // the dialect streams unless it is told not to
    stream: readStreamFlag(body.stream, true),
    think: readThink(body.think),
    canThink: model?.abilities.reasoning === true,
    runsHere: localIdOf(model) !== null,
    receivedAt: performance.now()
  }
}

/** What both addresses ask for beside the words; `own` are the members that the address alone has. */
export function commonRequest(
  body: Json,
  parameters: OllamaParameters,
  own: readonly string[]
): Omit<ChatRequest, 'messages'> {
  const known = new Set([...common, ...own])
  const { unmapped, ...options } = fromOptions(readOptions(body.options))
  const reasoning = toReasoning(parameters)
  const { top_logprobs: top } = body
  return {
    ...options,
    output: toOutput(body.format),
    ...(reasoning && { reasoning }),
    ...(body.logprobs === true && { logprobs: { top: typeof top === 'number' ? top : 0 } }),
    unmapped: [
      ...Object.keys(body).filter((name) => !known.has(name) && !asksNothing(body[name])),
      ...(dropsKeepAlive(body, parameters) ? ['keep_alive'] : []),
      ...unmapped
    ]
  }
}

/** How long a model stays is its own setting; only to let it go at once is done as asked. */
const dropsKeepAlive = ({ keep_alive: keepAlive }: Json, { runsHere }: OllamaParameters): boolean =>
  runsHere && keepAlive !== undefined && keepAlive !== null && !asksToUnload(keepAlive)

/** What clients send for "none of it". */
const asksNothing = (value: unknown): boolean =>
  value === null || value === '' || value === false || (Array.isArray(value) && value.length === 0)

function readThink(think: unknown): Think {
  if (think === undefined || think === null) return null
  if (typeof think === 'boolean' || think === 'low' || think === 'medium' || think === 'high') return think
  throw badParameter('think', 'must be true, false, low, medium or high')
}

function toReasoning({ think, canThink }: OllamaParameters): ReasoningRequest | null {
  if (think === null) return null
  // clients send false with every model that does not list thinking; most of those refuse to be told
  if (think === false) return canThink ? { effort: 'none' } : null
  return { effort: think === true ? 'medium' : think, show: true }
}

function toOutput(format: unknown): OutputFormat {
  if (format === undefined || format === null || format === '') return 'text'
  if (format === 'json') return 'json'
  if (isRecord(format)) return { name: 'answer', schema: format }
  throw badParameter('format', 'must be json or a JSON schema')
}
