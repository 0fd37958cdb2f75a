import { Buffer } from 'node:buffer'
import { type Field, type FieldKind, ggufHeader, type WrittenGguf } from './gguf-writer.test-support.ts'

/** A whole small model: sound, and with everything in its header that a large one has. */
export const soundGguf: WrittenGguf = {
  metadata: {
    'general.architecture': 'llama',
    'general.name': 'Fuzzed',
    'general.alignment': 32,
    'llama.block_count': 2,
    'llama.context_length': 128,
    'llama.embedding_length': 32,
    'llama.feed_forward_length': 64,
    'llama.attention.head_count': 4,
    'llama.attention.head_count_kv': [2, 2],
    'llama.attention.layer_norm_rms_epsilon': 1e-5,
    'llama.use_parallel_residual': true,
    'tokenizer.ggml.model': 'llama',
    'tokenizer.ggml.tokens': ['<unk>', '<s>', '</s>', 'a', 'b', 'c', 'd', 'e'],
    'tokenizer.ggml.token_type': [2, 3, 3, 1, 1, 1, 1, 1],
    'tokenizer.chat_template': '{% for message in messages %}{{ message.content }}{% endfor %}'
  },
  tensors: [
    { name: 'token_embd.weight', dimensions: [32, 8], type: 'Q8_0' },
    ...[0, 1].flatMap((layer) => [
      { name: `blk.${layer}.attn_norm.weight`, dimensions: [32], type: 'F32' },
      { name: `blk.${layer}.attn_q.weight`, dimensions: [32, 32], type: 'Q8_0' },
      { name: `blk.${layer}.ffn_down.weight`, dimensions: [64, 32], type: 'Q4_0' }
    ]),
    { name: 'output_norm.weight', dimensions: [32], type: 'F32' }
  ]
}

export interface Mutant {
  /** What was done to it. */
  what: string
  /** Whether what was done cannot leave it sound. */
  isBroken: boolean
  bytes: Buffer
}

type Random = (below: number) => number

const huge = [
  2n ** 31n,
  2n ** 32n - 1n,
  2n ** 32n,
  2n ** 53n,
  2n ** 61n,
  2n ** 62n,
  2n ** 63n - 1n,
  2n ** 63n,
  2n ** 64n - 1n
]

/** The same mutants for the same seed, of all kinds in turn. */
export function* mutants(count: number, seed: number): Generator<Mutant> {
  const { header, fileBytes, fields } = ggufHeader(soundGguf)
  const whole = Buffer.concat([header, Buffer.alloc(fileBytes - header.length)])
  const random = seeded(seed)
  for (let index = 0; index < count; index += 1) {
    const mutation = mutations[index % mutations.length]
    if (mutation === undefined) return
    const bytes = Buffer.from(whole)
    yield {
      what: `${index}: ${mutation.name}`,
      isBroken: mutation !== flipBits,
      bytes: mutation(bytes, fields, random, header.length)
    }
  }
}

type Mutation = (bytes: Buffer, fields: readonly Field[], random: Random, headerBytes: number) => Buffer

function flipBits(bytes: Buffer, _: readonly Field[], random: Random, headerBytes: number): Buffer {
  for (let count = 1 + random(8); count > 0; count -= 1) {
    const at = random(headerBytes)
    bytes.writeUInt8((bytes[at] ?? 0) ^ (1 << random(8)), at)
  }
  return bytes
}

/** The last tensor ends the file: a byte less, and it is not whole. */
function cutOff(bytes: Buffer, _: readonly Field[], random: Random): Buffer {
  return bytes.subarray(0, random(bytes.length))
}

const overwrite = (name: string, kinds: FieldKind[], values: readonly bigint[]): Mutation =>
  // named, so that a failure says what was done
  Object.defineProperty(
    (bytes: Buffer, fields: readonly Field[], random: Random) => {
      const field = pick(
        fields.filter(({ kind }) => kinds.includes(kind)),
        random
      )
      const value = pick(values, random)
      if (field.bytes === 8) bytes.writeBigUInt64LE(value, field.offset)
      else bytes.writeUInt32LE(Number(value & 0xffff_ffffn), field.offset)
      return bytes
    },
    'name',
    { value: name }
  )

/** A tensor is said to lie where another does, or beside its place. */
function misplaceTensor(bytes: Buffer, fields: readonly Field[], random: Random): Buffer {
  const field = pick(
    fields.filter(({ kind }) => kind === 'tensor offset'),
    random
  )
  const before = bytes.readBigUInt64LE(field.offset)
  const others = [before + 32n, before + 1n, before === 0n ? 64n : before - 32n, before + 2n ** 40n]
  bytes.writeBigUInt64LE(pick(others, random), field.offset)
  return bytes
}

/** One of two keys or names, of the same length, becomes the other. */
function repeatName(bytes: Buffer, _: readonly Field[], random: Random): Buffer {
  const [from, to] = pick(
    [
      ['blk.1.attn_q.weight', 'blk.0.attn_q.weight'],
      ['blk.1.attn_norm.weight', 'blk.0.attn_norm.weight'],
      ['llama.block_count', 'general.alignment']
    ] as const,
    random
  )
  bytes.write(to, bytes.indexOf(from))
  return bytes
}

const numbers = [
  'general.alignment',
  'llama.block_count',
  'llama.context_length',
  'llama.embedding_length',
  'llama.attention.head_count'
]

/** A number that the reader and the loader go by is said to be a text, a list, or of no type at all. */
function confuseType(bytes: Buffer, _: readonly Field[], random: Random): Buffer {
  const key = pick(numbers, random)
  bytes.writeUInt32LE(pick([8, 9, 13, 255], random), bytes.indexOf(key) + key.length)
  return bytes
}

const mutations: readonly Mutation[] = [
  flipBits,
  cutOff,
  overwrite('huge counts', ['tensor count', 'entry count'], huge),
  overwrite('huge lengths', ['text length', 'list length'], huge),
  overwrite('huge dimensions', ['dimension'], huge),
  overwrite('too many dimensions', ['dimension count'], [5n, 6n, 64n, 2n ** 31n, 2n ** 32n - 1n]),
  overwrite(
    'unknown types',
    ['value type', 'list type', 'tensor type'],
    [13n, 36n, 99n, 2n ** 31n, 2n ** 32n - 1n]
  ),
  overwrite('lists of lists', ['list type'], [9n]),
  overwrite('unknown versions', ['version'], [0n, 1n, 4n, 0x0300_0000n, 2n ** 32n - 1n]),
  overwrite('empty dimensions', ['dimension'], [0n]),
  misplaceTensor,
  repeatName,
  confuseType
]

function pick<T>(list: readonly T[], random: Random): T {
  const picked = list[random(list.length)]
  if (picked === undefined) throw new Error('nothing to pick from')
  return picked
}

/** A linear congruential generator; its high bits. */
function seeded(seed: number): Random {
  let state = seed >>> 0
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return Math.floor((state / 2 ** 32) * below)
  }
}
