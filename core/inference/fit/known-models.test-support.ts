import type { WrittenGguf, WrittenTensor } from '../files/gguf-writer.test-support.ts'

/** The numbers of a model that is a plain transformer. */
interface Plain {
  architecture: string
  layers: number
  embedding: number
  feedForward: number
  heads: number
  headsKv: number
  headLength: number
  vocabulary: number
  trained: number
  /** Of the large matrices. */
  type: string
  /** Whether the embeddings serve as the output, too. */
  tied?: boolean
  /** Biases, norms and the like that this architecture has in each layer. */
  norms?: readonly string[]
  more?: Readonly<Record<string, number | readonly number[]>>
  experts?: { count: number; used: number; feedForward: number }
}

function plain(model: Plain): WrittenGguf {
  const { architecture: name, embedding, headLength, feedForward, type, experts } = model
  const keyed = Object.entries(model.more ?? {}).map(([key, value]) => [`${name}.${key}`, value])
  const queries = model.heads * headLength
  const keys = model.headsKv * headLength
  const layer = (index: number): WrittenTensor[] => {
    const tensor = (part: string, dimensions: number[], of = type) => ({
      name: `blk.${index}.${part}.weight`,
      dimensions,
      type: of
    })
    const norms = ['attn_norm', 'ffn_norm', ...(model.norms ?? [])].map((part) =>
      tensor(part, [/[qk]_norm/.test(part) ? headLength : embedding], 'F32')
    )
    const attention = [
      tensor('attn_q', [embedding, queries]),
      tensor('attn_k', [embedding, keys]),
      tensor('attn_v', [embedding, keys]),
      tensor('attn_output', [queries, embedding])
    ]
    const dense = [
      tensor('ffn_gate', [embedding, feedForward]),
      tensor('ffn_up', [embedding, feedForward]),
      tensor('ffn_down', [feedForward, embedding])
    ]
    if (experts === undefined) return [...norms, ...attention, ...dense]
    return [
      ...norms,
      ...attention,
      tensor('ffn_gate_inp', [embedding, experts.count], 'F32'),
      tensor('ffn_gate_exps', [embedding, experts.feedForward, experts.count]),
      tensor('ffn_up_exps', [embedding, experts.feedForward, experts.count]),
      tensor('ffn_down_exps', [experts.feedForward, embedding, experts.count])
    ]
  }
  return {
    metadata: {
      'general.architecture': name,
      'general.file_type': 7,
      [`${name}.block_count`]: model.layers,
      [`${name}.context_length`]: model.trained,
      [`${name}.embedding_length`]: embedding,
      [`${name}.feed_forward_length`]: feedForward,
      [`${name}.attention.head_count`]: model.heads,
      [`${name}.attention.head_count_kv`]: model.headsKv,
      [`${name}.attention.key_length`]: headLength,
      [`${name}.attention.value_length`]: headLength,
      [`${name}.attention.layer_norm_rms_epsilon`]: 1e-5,
      [`${name}.rope.dimension_count`]: headLength,
      [`${name}.rope.freq_base`]: 500_000.5,
      [`${name}.vocab_size`]: model.vocabulary,
      ...(experts && {
        [`${name}.expert_count`]: experts.count,
        [`${name}.expert_used_count`]: experts.used,
        [`${name}.expert_feed_forward_length`]: experts.feedForward
      }),
      ...Object.fromEntries(keyed),
      'tokenizer.ggml.model': 'no_vocab'
    },
    tensors: [
      { name: 'token_embd.weight', dimensions: [embedding, model.vocabulary], type },
      { name: 'output_norm.weight', dimensions: [embedding], type: 'F32' },
      ...(model.tied ? [] : [{ name: 'output.weight', dimensions: [embedding, model.vocabulary], type }]),
      ...Array.from({ length: model.layers }, (_, index) => layer(index)).flat()
    ]
  }
}

/** Headers as those of well-known models, with all large matrices of one type. */
export const knownModels = {
  'Llama 3.1 8B Q8_0': plain({
    architecture: 'llama',
    layers: 32,
    embedding: 4096,
    feedForward: 14_336,
    heads: 32,
    headsKv: 8,
    headLength: 128,
    vocabulary: 128_256,
    trained: 131_072,
    type: 'Q8_0'
  }),
  'Llama 3.1 8B Q4_0': plain({
    architecture: 'llama',
    layers: 32,
    embedding: 4096,
    feedForward: 14_336,
    heads: 32,
    headsKv: 8,
    headLength: 128,
    vocabulary: 128_256,
    trained: 131_072,
    type: 'Q4_0'
  }),
  'Llama 3.3 70B Q4_0': plain({
    architecture: 'llama',
    layers: 80,
    embedding: 8192,
    feedForward: 28_672,
    heads: 64,
    headsKv: 8,
    headLength: 128,
    vocabulary: 128_256,
    trained: 131_072,
    type: 'Q4_0'
  }),
  'Qwen3 0.6B Q8_0': plain({
    architecture: 'qwen3',
    layers: 28,
    embedding: 1024,
    feedForward: 3072,
    heads: 16,
    headsKv: 8,
    headLength: 128,
    vocabulary: 151_936,
    trained: 40_960,
    type: 'Q8_0',
    tied: true,
    norms: ['attn_q_norm', 'attn_k_norm']
  }),
  'Qwen3 30B A3B Q4_0': plain({
    architecture: 'qwen3moe',
    layers: 48,
    embedding: 2048,
    feedForward: 6144,
    heads: 32,
    headsKv: 4,
    headLength: 128,
    vocabulary: 151_936,
    trained: 40_960,
    type: 'Q4_0',
    norms: ['attn_q_norm', 'attn_k_norm'],
    experts: { count: 128, used: 8, feedForward: 768 }
  }),
  'Gemma 3 4B Q4_0': plain({
    architecture: 'gemma3',
    layers: 34,
    embedding: 2560,
    feedForward: 10_240,
    heads: 8,
    headsKv: 4,
    headLength: 256,
    vocabulary: 262_208,
    trained: 131_072,
    type: 'Q4_0',
    tied: true,
    norms: ['attn_q_norm', 'attn_k_norm', 'post_attention_norm', 'post_ffw_norm'],
    more: { 'attention.sliding_window': 1024 }
  })
}
export type KnownModelName = keyof typeof knownModels
