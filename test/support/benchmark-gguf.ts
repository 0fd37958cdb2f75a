import { Buffer } from 'node:buffer'
import {
  byteTokens,
  controlToken,
  elements,
  floatTensor,
  GgufMetadata,
  type GgufTensor,
  normalToken,
  type Token,
  tokenType,
  writeGguf
} from './gguf-writer.ts'
import { chatMlTemplate } from './tiny-gguf.ts'

/*
 * A model to measure with: 107 M parameters (llama architecture, Q8_0, 114 MB), large enough that computing takes nearly all
 * of the time, made in a second. It answers in invented words until it is stopped: no other token, so no end either, can be
 * drawn.
 */

const EMBEDDING = 768
const LAYERS = 12
const HEADS = 12
const KEY_VALUE_HEADS = 4
const HEAD = EMBEDDING / HEADS
const FEED_FORWARD = 2048
const CONTEXT_TOKENS = 8192
const END_OF_TURN = 4

/**
 * Words of two syllables, each one token, with the pieces that lead to it from its letters. So the tokens of an answer are
 * the tokens of its text, and a chat that is sent again begins with what was evaluated before.
 */
function vocabulary(): { tokens: Token[]; isWord: (id: number) => boolean } {
  const syllables = [...'bcdfghjklmnprstvwxyz'].flatMap((consonant) =>
    [...'aeiou'].map((vowel) => consonant + vowel)
  )
  const pairs = syllables.flatMap((first) => syllables.map((second) => first + second))
  const pieces: Token[] = [
    { text: '<unk>', type: tokenType.unknown },
    ...['<s>', '</s>', '<|im_start|>', '<|im_end|>'].map(controlToken),
    ...byteTokens(),
    ...['▁', ...'abcdefghijklmnopqrstuvwxyz', ...syllables, ...pairs].map(normalToken)
  ]
  const words = pairs.map((pair) => normalToken(`▁${pair}`))
  return { tokens: [...pieces, ...words], isWord: (id) => id >= pieces.length }
}

function metadataOf(tokens: Token[]): GgufMetadata {
  const metadata = new GgufMetadata()
  metadata.string('general.architecture', 'llama')
  metadata.string('general.name', 'Benchmark model')
  metadata.number('general.file_type', 7) // Q8_0
  metadata.number('llama.block_count', LAYERS)
  metadata.number('llama.context_length', CONTEXT_TOKENS)
  metadata.number('llama.embedding_length', EMBEDDING)
  metadata.number('llama.feed_forward_length', FEED_FORWARD)
  metadata.number('llama.attention.head_count', HEADS)
  metadata.number('llama.attention.head_count_kv', KEY_VALUE_HEADS)
  metadata.float('llama.attention.layer_norm_rms_epsilon', 1e-5)
  metadata.number('llama.rope.dimension_count', HEAD)
  metadata.number('llama.vocab_size', tokens.length)
  metadata.string('tokenizer.ggml.model', 'llama')
  metadata.tokens(tokens)
  metadata.number('tokenizer.ggml.unknown_token_id', 0)
  metadata.number('tokenizer.ggml.bos_token_id', 1)
  metadata.number('tokenizer.ggml.eos_token_id', END_OF_TURN)
  metadata.flag('tokenizer.ggml.add_space_prefix', false)
  metadata.string('tokenizer.chat_template', chatMlTemplate)
  return metadata
}

/** 32-bit integers, the same for the same seed: Marsaglia's xorshift. */
function randomIntegers(seed: number): () => number {
  let state = seed
  return () => {
    state ^= state << 13
    state ^= state >>> 17
    state ^= state << 5
    return state
  }
}

const BLOCK_WEIGHTS = 32
const BLOCK_BYTES = 34
const BLOCKS_AT_A_TIME = 32_768

/** Blocks of Q8_0: a 16-bit float, by which each of 32 signed bytes is multiplied. */
function randomBlocks(count: number, scale: Buffer, random: () => number): Buffer {
  const bytes = Buffer.allocUnsafe(count * BLOCK_BYTES)
  for (let at = 0; at < bytes.length; at += BLOCK_BYTES) {
    scale.copy(bytes, at)
    for (let weight = 2; weight < BLOCK_BYTES; weight += 4) bytes.writeInt32LE(random(), at + weight)
  }
  return bytes
}

/** A positive number as a 16-bit float of the normal range (2^-14 and more). */
function float16(value: number): Buffer {
  const exponent = Math.floor(Math.log2(value))
  const fraction = Math.round((value / 2 ** exponent - 1) * 1024)
  const bytes = Buffer.alloc(2)
  bytes.writeUInt16LE(((exponent + 15) << 10) + fraction)
  return bytes
}

/** Random weights that keep the size of what they are multiplied with; rows that are left out are zero. */
function randomTensor(
  name: string,
  dimensions: [rowLength: number, rows: number],
  random: () => number,
  hasRow: (row: number) => boolean = () => true
): GgufTensor {
  const [rowLength, rows] = dimensions
  // bytes from -128 to 127 have a standard deviation of 74
  const scale = float16(1 / 74 / Math.sqrt(rowLength))
  const rowBlocks = rowLength / BLOCK_WEIGHTS
  const rowsAtATime = Math.floor(BLOCKS_AT_A_TIME / rowBlocks)
  return {
    name,
    dimensions,
    type: 'Q8_0',
    *data() {
      for (let first = 0; first < rows; first += rowsAtATime) {
        const count = Math.min(rowsAtATime, rows - first)
        const bytes = randomBlocks(count * rowBlocks, scale, random)
        const rowBytes = rowBlocks * BLOCK_BYTES
        for (let row = 0; row < count; row += 1)
          if (!hasRow(first + row)) bytes.fill(0, row * rowBytes, (row + 1) * rowBytes)
        yield bytes
      }
    }
  }
}

/** Writes the model to a file; returns how many weights it has. */
export function writeBenchmarkGguf(path: string): { parameters: number } {
  const { tokens, isWord } = vocabulary()
  const random = randomIntegers(42)
  const keyValues = KEY_VALUE_HEADS * HEAD
  const layer = (number: number): GgufTensor[] => {
    const matrix = (part: string, from: number, to: number) =>
      randomTensor(`blk.${number}.${part}.weight`, [from, to], random)
    const norm = (part: string) => floatTensor(`blk.${number}.${part}.weight`, [EMBEDDING], () => 1)
    return [
      norm('attn_norm'),
      matrix('attn_q', EMBEDDING, EMBEDDING),
      matrix('attn_k', EMBEDDING, keyValues),
      matrix('attn_v', EMBEDDING, keyValues),
      matrix('attn_output', EMBEDDING, EMBEDDING),
      norm('ffn_norm'),
      matrix('ffn_gate', EMBEDDING, FEED_FORWARD),
      matrix('ffn_up', EMBEDDING, FEED_FORWARD),
      matrix('ffn_down', FEED_FORWARD, EMBEDDING)
    ]
  }
  const tensors = [
    randomTensor('token_embd.weight', [EMBEDDING, tokens.length], random),
    // words then differ by tens of times in their odds: all that is no word is out of the question
    floatTensor('output_norm.weight', [EMBEDDING], () => 4),
    randomTensor('output.weight', [EMBEDDING, tokens.length], random, isWord),
    ...Array.from({ length: LAYERS }, (_, number) => layer(number)).flat()
  ]
  writeGguf(path, metadataOf(tokens), tensors)
  return { parameters: tensors.reduce((sum, { dimensions }) => sum + elements(dimensions), 0) }
}
