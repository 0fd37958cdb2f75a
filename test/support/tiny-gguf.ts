import { Buffer } from 'node:buffer'
import { writeFileSync } from 'node:fs'
import {
  byteTokens,
  controlToken,
  floatTensor,
  GgufMetadata,
  type GgufTensor,
  ggufHead,
  normalToken,
  seededWeights,
  type TensorInfo,
  type Token,
  tensorData,
  tensorInfos,
  tokenType,
  uint32,
  uint64
} from './gguf-writer.ts'

/**
 * A language model small enough to be made when a test needs it: about 0.5 MB, llama architecture, byte-level
 * vocabulary, chat template, seeded random weights. It writes letter salad, loads in milliseconds, and takes the same
 * paths through the engine as any other.
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

const EMBEDDING = 64
const LAYERS = 2
const HEADS = 4
const FEED_FORWARD = 128
/** Id of the token for byte 0: after <unk> and the control tokens. */
const FIRST_BYTE = 5

function vocabulary(): Token[] {
  const words = ['▁the', '▁a', '▁is', '▁of', '▁and', '▁to', '▁in', ...'etaoinsrhldumfwgypbvkc', '▁']
  return [
    { text: '<unk>', type: tokenType.unknown },
    ...['<s>', '</s>', '<|im_start|>', '<|im_end|>'].map(controlToken),
    ...byteTokens(),
    ...words.map(normalToken)
  ]
}

function metadataOf(options: TinyGgufOptions, tokens: Token[]): GgufMetadata {
  const metadata = new GgufMetadata()
  metadata.string('general.architecture', 'llama')
  metadata.string('general.name', options.name ?? 'Tiny test model')
  metadata.number('general.file_type', 0)
  metadata.number('llama.block_count', LAYERS)
  metadata.number('llama.context_length', options.contextTokens ?? 2048)
  metadata.number('llama.embedding_length', EMBEDDING)
  metadata.number('llama.feed_forward_length', FEED_FORWARD)
  metadata.number('llama.attention.head_count', HEADS)
  metadata.number('llama.attention.head_count_kv', HEADS)
  metadata.float('llama.attention.layer_norm_rms_epsilon', 1e-5)
  metadata.number('llama.rope.dimension_count', EMBEDDING / HEADS)
  metadata.number('llama.vocab_size', tokens.length)
  metadata.string('tokenizer.ggml.model', 'llama')
  metadata.tokens(tokens)
  metadata.number('tokenizer.ggml.unknown_token_id', 0)
  metadata.number('tokenizer.ggml.bos_token_id', 1)
  metadata.number('tokenizer.ggml.eos_token_id', 4)
  const template = options.chatTemplate === undefined ? chatMlTemplate : options.chatTemplate
  if (template !== null) metadata.string('tokenizer.chat_template', template)
  addBrokenEntry(metadata, options.broken)
  return metadata
}

function addBrokenEntry(metadata: GgufMetadata, broken: TinyGgufOptions['broken']): void {
  if (broken === 'alignment-0') metadata.number('general.alignment', 0)
  if (broken === 'alignment-3') metadata.number('general.alignment', 3)
  if (broken === 'string-length-2^64-1') {
    metadata.rawString('broken.text', 2n ** 64n - 1n, Buffer.from('short'))
  }
  if (broken === 'nested-array') {
    const inner = Buffer.concat([uint32(4), uint64(1), uint32(7)])
    metadata.array('broken.list', 'array', [inner])
  }
  if (broken === 'array-count-2^61') metadata.rawArray('broken.list', 'uint32', 2n ** 61n, [])
}

function tensorsOf(seed: number, tokens: Token[]): GgufTensor[] {
  const random = seededWeights(seed)
  // ASCII and words get random odds, all else none to speak of: answers are readable and do not end by chance
  const isLikely = (id: number) => {
    const token = tokens[id]
    return (
      token?.type === tokenType.normal ||
      (token?.type === tokenType.byte && id - FIRST_BYTE >= 32 && id - FIRST_BYTE < 127)
    )
  }
  const layer = (number: number) => {
    const prefix = `blk.${number}`
    return [
      floatTensor(`${prefix}.attn_norm.weight`, [EMBEDDING], () => 1),
      ...['q', 'k', 'v', 'output'].map((part) =>
        floatTensor(`${prefix}.attn_${part}.weight`, [EMBEDDING, EMBEDDING], random)
      ),
      floatTensor(`${prefix}.ffn_norm.weight`, [EMBEDDING], () => 1),
      floatTensor(`${prefix}.ffn_gate.weight`, [EMBEDDING, FEED_FORWARD], random),
      floatTensor(`${prefix}.ffn_up.weight`, [EMBEDDING, FEED_FORWARD], random),
      floatTensor(`${prefix}.ffn_down.weight`, [FEED_FORWARD, EMBEDDING], random)
    ]
  }
  return [
    floatTensor('token_embd.weight', [EMBEDDING, tokens.length], random),
    floatTensor('output_norm.weight', [EMBEDDING], () => 8),
    floatTensor('output.weight', [EMBEDDING, tokens.length], (index) =>
      isLikely(Math.floor(index / EMBEDDING)) ? random() : 0
    ),
    ...Array.from({ length: LAYERS }, (_, number) => layer(number)).flat()
  ]
}

/** What the header of a broken file says of its last tensor. */
function brokenInfo(info: TensorInfo, broken: TinyGgufOptions['broken']): TensorInfo {
  if (broken === 'dimension-overflow') return { ...info, dimensions: [2n ** 62n, 8] }
  if (broken === 'too-many-dimensions') return { ...info, dimensions: [...info.dimensions, 1, 1, 1, 1] }
  if (broken === 'tensor-past-end') return { ...info, dimensions: [FEED_FORWARD, EMBEDDING * 2] }
  if (broken === 'tensor-offset-overflow') return { ...info, offset: 2n ** 64n - 32n }
  if (broken === 'unknown-tensor-type') return { ...info, typeId: 9999 }
  return info
}

/** The bytes of the model. */
export function tinyGguf(options: TinyGgufOptions = {}): Buffer {
  const { broken } = options
  const tokens = vocabulary()
  const tensors = tensorsOf(options.seed ?? 42, tokens)
  if (broken === 'missing-tensor') tensors.pop()
  const last = tensors.length - 1
  const version = uint32(broken === 'unknown-version' ? 99 : 3)
  const head = ggufHead({
    ...(broken === 'bad-magic' && { magic: 'GGUX' }),
    ...(broken === 'tensor-count-2^63' && { tensorCount: 2n ** 63n }),
    ...(broken === 'metadata-count-2^63' && { entryCount: 2n ** 63n }),
    version: broken === 'big-endian' ? version.reverse() : version,
    metadata: metadataOf(options, tokens),
    infos: tensorInfos(tensors).map((info, index) => (index === last ? brokenInfo(info, broken) : info))
  })
  return Buffer.concat([head, ...tensorData(tensors)])
}

/** Writes the model to a file. */
export function writeTinyGguf(path: string, options: TinyGgufOptions = {}): void {
  writeFileSync(path, tinyGguf(options))
}
