import {
  controlToken,
  floatTensor,
  GgufMetadata,
  type GgufTensor,
  normalToken,
  seededWeights,
  type Token,
  tokenType,
  writeGguf
} from './gguf-writer.ts'

/**
 * Encoders small enough to be made when a test needs them: about 0.4 MB, BERT architecture, lower-case letters as
 * vocabulary, seeded random weights. Texts that share words get vectors alike; scores of documents mean nothing, but are the
 * same every time.
 */
export interface TinyEncoderOptions {
  name?: string
  /** The longest input, in tokens. Default 512. */
  contextTokens?: number
  /** Of the random weights. Default 42. */
  seed?: number
}

/** Length of a tiny embedder's vectors. */
export const tinyEmbeddingDimensions = 64

const EMBEDDING = tinyEmbeddingDimensions
const LAYERS = 2
const HEADS = 4
const FEED_FORWARD = 128
const TOKEN_TYPES = 2
const CONTEXT_TOKENS = 512
const UNKNOWN = 1
const CLS = 2
const SEP = 3
/** How vectors of tokens become one, by llama.cpp's numbers. */
const pooling = { mean: 1, rank: 4 } as const

/** Each printable character as the beginning of a word and as what follows: any word is written by its letters. */
function vocabulary(): Token[] {
  const printable = Array.from({ length: 94 }, (_, index) => String.fromCharCode(33 + index))
  const characters = printable.filter((character) => character === character.toLowerCase())
  return [
    ...['[PAD]', '[UNK]', '[CLS]', '[SEP]', '[MASK]'].map((text, id) =>
      id === UNKNOWN ? { text, type: tokenType.unknown } : controlToken(text)
    ),
    ...characters.map((character) => normalToken(`▁${character}`)),
    ...characters.map(normalToken)
  ]
}

function metadataOf(options: TinyEncoderOptions, tokens: Token[], poolingType: number): GgufMetadata {
  const metadata = new GgufMetadata()
  metadata.string('general.architecture', 'bert')
  metadata.string('general.name', options.name ?? 'Tiny test encoder')
  metadata.number('general.file_type', 0)
  metadata.number('bert.block_count', LAYERS)
  metadata.number('bert.context_length', options.contextTokens ?? CONTEXT_TOKENS)
  metadata.number('bert.embedding_length', EMBEDDING)
  metadata.number('bert.feed_forward_length', FEED_FORWARD)
  metadata.number('bert.attention.head_count', HEADS)
  metadata.float('bert.attention.layer_norm_epsilon', 1e-12)
  metadata.flag('bert.attention.causal', false)
  metadata.number('bert.pooling_type', poolingType)
  metadata.string('tokenizer.ggml.model', 'bert')
  metadata.number('tokenizer.ggml.token_type_count', TOKEN_TYPES)
  metadata.tokens(tokens)
  metadata.number('tokenizer.ggml.padding_token_id', 0)
  metadata.number('tokenizer.ggml.unknown_token_id', UNKNOWN)
  metadata.number('tokenizer.ggml.bos_token_id', CLS)
  metadata.number('tokenizer.ggml.cls_token_id', CLS)
  metadata.number('tokenizer.ggml.eos_token_id', SEP)
  metadata.number('tokenizer.ggml.seperator_token_id', SEP) // spelt as the format spells it
  metadata.number('tokenizer.ggml.mask_token_id', 4)
  return metadata
}

/** `random` gives the weights; those that normalise are 1, biases 0. */
function tensorsOf(contextTokens: number, tokens: Token[], random: () => number): GgufTensor[] {
  const one = () => 1
  const zero = () => 0
  const linear = (name: string, from: number, to: number) => [
    floatTensor(`${name}.weight`, [from, to], random),
    floatTensor(`${name}.bias`, [to], zero)
  ]
  const norm = (name: string) => [
    floatTensor(`${name}.weight`, [EMBEDDING], one),
    floatTensor(`${name}.bias`, [EMBEDDING], zero)
  ]
  const layer = (number: number) => {
    const prefix = `blk.${number}`
    return [
      ...['q', 'k', 'v', 'output'].flatMap((part) => linear(`${prefix}.attn_${part}`, EMBEDDING, EMBEDDING)),
      ...norm(`${prefix}.attn_output_norm`),
      ...linear(`${prefix}.ffn_up`, EMBEDDING, FEED_FORWARD),
      ...linear(`${prefix}.ffn_down`, FEED_FORWARD, EMBEDDING),
      ...norm(`${prefix}.layer_output_norm`)
    ]
  }
  return [
    floatTensor('token_embd.weight', [EMBEDDING, tokens.length], random),
    floatTensor('token_types.weight', [EMBEDDING, TOKEN_TYPES], zero),
    // where a word stands matters little, so that texts which share words are alike
    floatTensor('position_embd.weight', [EMBEDDING, contextTokens], () => random() / 10),
    ...norm('token_embd_norm'),
    ...Array.from({ length: LAYERS }, (_, number) => layer(number)).flat()
  ]
}

/** Writes a model of embeddings to a file. */
export function writeTinyEmbedder(path: string, options: TinyEncoderOptions = {}): void {
  const tokens = vocabulary()
  const random = seededWeights(options.seed ?? 42)
  const tensors = tensorsOf(options.contextTokens ?? CONTEXT_TOKENS, tokens, random)
  writeGguf(path, metadataOf(options, tokens, pooling.mean), tensors)
}

/** Writes a model that scores documents for a query to a file. */
export function writeTinyReranker(path: string, options: TinyEncoderOptions = {}): void {
  const tokens = vocabulary()
  const random = seededWeights(options.seed ?? 42)
  const tensors = [
    ...tensorsOf(options.contextTokens ?? CONTEXT_TOKENS, tokens, random),
    floatTensor('cls.weight', [EMBEDDING, EMBEDDING], random),
    floatTensor('cls.bias', [EMBEDDING], () => 0),
    // large, because documents change little of what the first token comes to
    floatTensor('cls.output.weight', [EMBEDDING, 1], () => 200 * random()),
    floatTensor('cls.output.bias', [1], () => 0)
  ]
  writeGguf(path, metadataOf(options, tokens, pooling.rank), tensors)
}
