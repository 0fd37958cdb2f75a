import { Buffer } from 'node:buffer'
import { writeFileSync } from 'node:fs'

/**
 * A language model small enough to be made when a test needs it: about 0.5 MB, llama architecture, byte-level
 * vocabulary, chat template, seeded random weights. It writes letter salad, loads in milliseconds, and takes the same
 * paths through the engine as any other. Format: https://github.com/ggml-org/ggml/blob/master/docs/gguf.md
 */
export interface TinyGgufOptions {
  name?: string
  /** Tokens the model was "trained" for. Default 2048. */
  contextTokens?: number
  /** Of the random weights. Default 42. */
  seed?: number
  /** Jinja chat template; null leaves it out. Default ChatML, whose markers are tokens of the vocabulary. */
  chatTemplate?: string | null
  /** Writes a file with this one thing wrong. */
  broken?: TinyGgufDefect | 'missing-tensor'
}

/** Defects that a check of the header must find. (`missing-tensor` is sound as a file; only the engine can tell.) */
export const tinyGgufDefects = [
  'bad-magic',
  'unknown-version',
  'tensor-past-end',
  'tensor-offset-overflow',
  'tensor-count-2^63',
  'metadata-count-2^63',
  'string-length-2^64-1',
  'nested-array',
  'array-count-2^61',
  'alignment-0',
  'alignment-3',
  'unknown-tensor-type',
  'dimension-overflow',
  'too-many-dimensions',
  'big-endian'
] as const
export type TinyGgufDefect = (typeof tinyGgufDefects)[number]

export const chatMlTemplate =
  '{% for message in messages %}<|im_start|>{{ message.role }}\n{{ message.content }}<|im_end|>\n{% endfor %}' +
  '{% if add_generation_prompt %}<|im_start|>assistant\n{% endif %}'

const valueType = { uint32: 4, int32: 5, float32: 6, string: 8, array: 9 } as const
const tokenType = { normal: 1, unknown: 2, control: 3, byte: 6 } as const

const EMBEDDING = 64
const LAYERS = 2
const HEADS = 4
const FEED_FORWARD = 128
const ALIGNMENT = 32
const F32 = 0
/** Id of the token for byte 0: after <unk> and the control tokens. */
const FIRST_BYTE = 5

const uint32 = (value: number) => {
  const bytes = Buffer.alloc(4)
  bytes.writeUInt32LE(value)
  return bytes
}
const uint64 = (value: number | bigint) => {
  const bytes = Buffer.alloc(8)
  bytes.writeBigUInt64LE(BigInt(value))
  return bytes
}
const float32 = (value: number) => {
  const bytes = Buffer.alloc(4)
  bytes.writeFloatLE(value)
  return bytes
}
const string = (text: string) => {
  const bytes = Buffer.from(text)
  return Buffer.concat([uint64(bytes.length), bytes])
}

interface Token {
  text: string
  type: number
}

function vocabulary(): Token[] {
  const control = (text: string) => ({ text, type: tokenType.control })
  const bytes = Array.from({ length: 256 }, (_, byte) => ({
    text: `<0x${byte.toString(16).toUpperCase().padStart(2, '0')}>`,
    type: tokenType.byte
  }))
  const words = ['▁the', '▁a', '▁is', '▁of', '▁and', '▁to', '▁in', ...'etaoinsrhldumfwgypbvkc', '▁']
  return [
    { text: '<unk>', type: tokenType.unknown },
    control('<s>'),
    control('</s>'),
    control('<|im_start|>'),
    control('<|im_end|>'),
    ...bytes,
    ...words.map((text) => ({ text, type: tokenType.normal }))
  ]
}

/** Metadata entries: key, type and value, ready to be written one after the other. */
function metadata(options: TinyGgufOptions, tokens: Token[]): Buffer[] {
  const entries: Buffer[] = []
  const add = (key: string, type: number, ...value: Buffer[]) =>
    entries.push(Buffer.concat([string(key), uint32(type), ...value]))
  const addNumber = (key: string, value: number) => add(key, valueType.uint32, uint32(value))
  const addString = (key: string, value: string) => add(key, valueType.string, string(value))
  const addArray = (key: string, type: number, values: Buffer[]) =>
    add(key, valueType.array, uint32(type), uint64(values.length), ...values)

  addString('general.architecture', 'llama')
  addString('general.name', options.name ?? 'Tiny test model')
  addNumber('general.file_type', 0)
  addNumber('llama.block_count', LAYERS)
  addNumber('llama.context_length', options.contextTokens ?? 2048)
  addNumber('llama.embedding_length', EMBEDDING)
  addNumber('llama.feed_forward_length', FEED_FORWARD)
  addNumber('llama.attention.head_count', HEADS)
  addNumber('llama.attention.head_count_kv', HEADS)
  add('llama.attention.layer_norm_rms_epsilon', valueType.float32, float32(1e-5))
  addNumber('llama.rope.dimension_count', EMBEDDING / HEADS)
  addNumber('llama.vocab_size', tokens.length)
  addString('tokenizer.ggml.model', 'llama')
  addArray(
    'tokenizer.ggml.tokens',
    valueType.string,
    tokens.map((token) => string(token.text))
  )
  addArray(
    'tokenizer.ggml.scores',
    valueType.float32,
    tokens.map((token, index) => float32(token.type === tokenType.normal ? -index : 0))
  )
  addArray(
    'tokenizer.ggml.token_type',
    valueType.int32,
    tokens.map((token) => uint32(token.type))
  )
  addNumber('tokenizer.ggml.unknown_token_id', 0)
  addNumber('tokenizer.ggml.bos_token_id', 1)
  addNumber('tokenizer.ggml.eos_token_id', 4)
  const template = options.chatTemplate === undefined ? chatMlTemplate : options.chatTemplate
  if (template !== null) addString('tokenizer.chat_template', template)

  if (options.broken === 'alignment-0') addNumber('general.alignment', 0)
  if (options.broken === 'alignment-3') addNumber('general.alignment', 3)
  if (options.broken === 'string-length-2^64-1') {
    add('broken.text', valueType.string, uint64(2n ** 64n - 1n), Buffer.from('short'))
  }
  if (options.broken === 'nested-array') {
    const inner = Buffer.concat([uint32(valueType.uint32), uint64(1), uint32(7)])
    add('broken.list', valueType.array, uint32(valueType.array), uint64(1), inner)
  }
  if (options.broken === 'array-count-2^61') {
    add('broken.list', valueType.array, uint32(valueType.uint32), uint64(2n ** 61n))
  }
  return entries
}

interface Tensor {
  name: string
  dimensions: (number | bigint)[]
  values: Float32Array
}

function tensors(seed: number, tokens: Token[]): Tensor[] {
  let state = seed
  const random = () => {
    state = (state * 1_664_525 + 1_013_904_223) >>> 0
    return (state / 2 ** 32 - 0.5) * 0.2
  }
  const list: Tensor[] = []
  const add = (name: string, dimensions: number[], value: (index: number) => number) => {
    const length = dimensions.reduce((product, dimension) => product * dimension, 1)
    list.push({ name, dimensions, values: Float32Array.from({ length }, (_, index) => value(index)) })
  }
  // ASCII and words get random odds, all else none to speak of: answers are readable and do not end by chance
  const isLikely = (id: number) => {
    const token = tokens[id]
    return (
      token?.type === tokenType.normal ||
      (token?.type === tokenType.byte && id - FIRST_BYTE >= 32 && id - FIRST_BYTE < 127)
    )
  }

  add('token_embd.weight', [EMBEDDING, tokens.length], random)
  add('output_norm.weight', [EMBEDDING], () => 8)
  add('output.weight', [EMBEDDING, tokens.length], (index) =>
    isLikely(Math.floor(index / EMBEDDING)) ? random() : 0
  )
  for (let layer = 0; layer < LAYERS; layer += 1) {
    const prefix = `blk.${layer}`
    add(`${prefix}.attn_norm.weight`, [EMBEDDING], () => 1)
    for (const part of ['q', 'k', 'v', 'output'])
      add(`${prefix}.attn_${part}.weight`, [EMBEDDING, EMBEDDING], random)
    add(`${prefix}.ffn_norm.weight`, [EMBEDDING], () => 1)
    add(`${prefix}.ffn_gate.weight`, [EMBEDDING, FEED_FORWARD], random)
    add(`${prefix}.ffn_up.weight`, [EMBEDDING, FEED_FORWARD], random)
    add(`${prefix}.ffn_down.weight`, [FEED_FORWARD, EMBEDDING], random)
  }
  return list
}

const padding = (length: number) => Buffer.alloc((ALIGNMENT - (length % ALIGNMENT)) % ALIGNMENT)

/** The bytes of the model. */
export function tinyGguf(options: TinyGgufOptions = {}): Buffer {
  const { broken } = options
  const tokens = vocabulary()
  const entries = metadata(options, tokens)
  const weights = tensors(options.seed ?? 42, tokens)
  if (broken === 'missing-tensor') weights.pop()

  const infos: Buffer[] = []
  const data: Buffer[] = []
  let offset = 0
  for (const [index, tensor] of weights.entries()) {
    const bytes = Buffer.from(tensor.values.buffer)
    const isLast = index === weights.length - 1
    let dimensions = tensor.dimensions
    if (isLast && broken === 'dimension-overflow') dimensions = [2n ** 62n, 8]
    if (isLast && broken === 'too-many-dimensions') dimensions = [...dimensions, 1, 1, 1, 1]
    if (isLast && broken === 'tensor-past-end') dimensions = [FEED_FORWARD, EMBEDDING * 2]
    const isFar = isLast && broken === 'tensor-offset-overflow'
    infos.push(
      string(tensor.name),
      uint32(dimensions.length),
      ...dimensions.map(uint64),
      uint32(isLast && broken === 'unknown-tensor-type' ? 9999 : F32),
      uint64(isFar ? 2n ** 64n - 32n : offset)
    )
    data.push(bytes, padding(bytes.length))
    offset += bytes.length + padding(bytes.length).length
  }

  const version = uint32(broken === 'unknown-version' ? 99 : 3)
  const head = Buffer.concat([
    Buffer.from(broken === 'bad-magic' ? 'GGUX' : 'GGUF'),
    broken === 'big-endian' ? version.reverse() : version,
    uint64(broken === 'tensor-count-2^63' ? 2n ** 63n : weights.length),
    uint64(broken === 'metadata-count-2^63' ? 2n ** 63n : entries.length),
    ...entries,
    ...infos
  ])
  return Buffer.concat([head, padding(head.length), ...data])
}

/** Writes the model to a file. */
export function writeTinyGguf(path: string, options: TinyGgufOptions = {}): void {
  writeFileSync(path, tinyGguf(options))
}
