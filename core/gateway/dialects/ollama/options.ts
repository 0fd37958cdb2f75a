import type { ChatRequest } from '../../../providers/spec/chat.ts'
import {
  badParameter,
  checkNumbers,
  int32,
  isRecord,
  type Json,
  type NumberRange,
  real,
  whole
} from '../json-fields.ts'

/** Bounds of `options` as Ollama's reference gives them, and of those with which native engines crashed. */
const ranges: Readonly<Record<string, NumberRange>> = {
  temperature: real(0, 2),
  top_k: whole(-1, int32),
  top_p: real(0, 1),
  min_p: real(0, 1),
  typical_p: real(0, 1),
  tfs_z: real(0, 1000),
  seed: whole(Number.MIN_SAFE_INTEGER, Number.MAX_SAFE_INTEGER),
  num_predict: whole(-2, int32),
  num_ctx: whole(0, 2 ** 24),
  num_keep: whole(-1, int32),
  num_batch: whole(0, 2 ** 24),
  num_gpu: whole(-1, 4096),
  main_gpu: whole(0, 4096),
  num_thread: whole(0, 4096),
  repeat_last_n: whole(-1, int32),
  repeat_penalty: real(0, 10),
  presence_penalty: real(-2, 2),
  frequency_penalty: real(-2, 2),
  mirostat: whole(0, 2),
  mirostat_tau: real(0, 100),
  mirostat_eta: real(0, 100)
}
const maxStops = 16

const mapped: ReadonlySet<string> = new Set([
  'temperature',
  'top_k',
  'top_p',
  'min_p',
  'seed',
  'num_predict',
  'presence_penalty',
  'frequency_penalty',
  'stop'
])

/** How an engine runs a model, not what it answers: where none is run, leaving them out changes nothing. */
const engineOptions: ReadonlySet<string> = new Set([
  'numa',
  'num_batch',
  'num_gpu',
  'main_gpu',
  'low_vram',
  'f16_kv',
  'vocab_only',
  'use_mmap',
  'use_mlock',
  'num_thread',
  'embedding_only',
  'logits_all'
])

/** Checks the `options` of a request. Throws `bad-request` with the option's name. */
export function readOptions(options: unknown): Json {
  if (options === undefined || options === null) return {}
  if (!isRecord(options)) throw badParameter('options', 'must be an object')
  checkNumbers(options, ranges)
  toStop(options.stop)
  return options
}

/** Sampling options in a request of no dialect; those without a place there are named in `unmapped`. */
export function fromOptions(options: Json): Partial<ChatRequest> & Pick<ChatRequest, 'unmapped'> {
  const { num_predict: maxTokens, top_k: topK } = options
  const stop = toStop(options.stop)
  const fields: Partial<ChatRequest> = {
    ...field('temperature', options.temperature),
    ...field('topP', options.top_p),
    ...field('minP', options.min_p),
    ...field('seed', options.seed),
    ...field('presencePenalty', options.presence_penalty),
    ...field('frequencyPenalty', options.frequency_penalty),
    // -1 and -2 ask for as much as the model can say
    ...(typeof maxTokens === 'number' && maxTokens > 0 && { maxTokens }),
    ...(typeof topK === 'number' && topK > 0 && { topK }),
    ...(stop !== null && { stop })
  }
  return { ...fields, unmapped: unmappedOptions(options) }
}

/** Options that change an answer and have no neutral place, by their wire names. */
export function unmappedOptions(options: Json): string[] {
  return Object.keys(options)
    .filter((name) => options[name] !== null && !mapped.has(name) && !engineOptions.has(name))
    .map((name) => `options.${name}`)
}

type NumberField = 'temperature' | 'topP' | 'minP' | 'seed' | 'presencePenalty' | 'frequencyPenalty'

const field = (name: NumberField, value: unknown): Partial<ChatRequest> =>
  typeof value === 'number' ? { [name]: value } : {}

function toStop(stop: unknown): string[] | null {
  if (stop === undefined || stop === null) return null
  const list: unknown[] = Array.isArray(stop) ? stop : [stop]
  if (list.length > maxStops) throw badParameter('options.stop', `must have at most ${maxStops} entries`)
  const texts = list.filter((text): text is string => typeof text === 'string' && text !== '')
  if (texts.length < list.length) throw badParameter('options.stop', 'must hold texts that are not empty')
  return texts.length === 0 ? null : texts
}
