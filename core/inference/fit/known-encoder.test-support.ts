import type { WrittenGguf, WrittenTensor } from '../files/gguf-writer.test-support.ts'

const EMBEDDING = 1024
const FEED_FORWARD = 4096
const LAYERS = 24
const VOCABULARY = 250_002
const TRAINED = 8192

const linear = (name: string, from: number, to: number): WrittenTensor[] => [
  { name: `${name}.weight`, dimensions: [from, to] },
  { name: `${name}.bias`, dimensions: [to], type: 'F32' }
]
const norm = (name: string): WrittenTensor[] =>
  ['weight', 'bias'].map((part) => ({ name: `${name}.${part}`, dimensions: [EMBEDDING], type: 'F32' }))

/** A header as that of BGE M3 at F16, which reads a text as a whole. */
export const knownEncoder: WrittenGguf = {
  metadata: {
    'general.architecture': 'bert',
    'bert.block_count': LAYERS,
    'bert.context_length': TRAINED,
    'bert.embedding_length': EMBEDDING,
    'bert.feed_forward_length': FEED_FORWARD,
    'bert.attention.head_count': 16,
    'bert.attention.layer_norm_epsilon': 1e-5,
    'bert.attention.causal': false,
    'bert.pooling_type': 2,
    'bert.vocab_size': VOCABULARY,
    'tokenizer.ggml.model': 'no_vocab',
    'tokenizer.ggml.token_type_count': 1
  },
  tensors: [
    { name: 'token_embd.weight', dimensions: [EMBEDDING, VOCABULARY] },
    { name: 'token_types.weight', dimensions: [EMBEDDING, 1], type: 'F32' },
    { name: 'position_embd.weight', dimensions: [EMBEDDING, TRAINED], type: 'F32' },
    ...norm('token_embd_norm'),
    ...Array.from({ length: LAYERS }, (_, layer) => [
      ...['q', 'k', 'v', 'output'].flatMap((part) =>
        linear(`blk.${layer}.attn_${part}`, EMBEDDING, EMBEDDING)
      ),
      ...norm(`blk.${layer}.attn_output_norm`),
      ...linear(`blk.${layer}.ffn_up`, EMBEDDING, FEED_FORWARD),
      ...linear(`blk.${layer}.ffn_down`, FEED_FORWARD, EMBEDDING),
      ...norm(`blk.${layer}.layer_output_norm`)
    ]).flat()
  ]
}
