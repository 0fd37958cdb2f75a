import { describe, expect, test } from 'vitest'
import { knownModels } from '../fit/known-models.test-support.ts'
import { soundGguf } from './gguf-mutations.test-support.ts'
import type { WrittenValue } from './gguf-writer.test-support.ts'
import { readShape, readSummary } from './read-shape.test-support.ts'

/** The sound model with these entries, and without those that are undefined. */
function written(change: Record<string, WrittenValue | undefined>, tensors = soundGguf.tensors) {
  const entries = Object.entries({ ...soundGguf.metadata, ...change })
  const kept = entries.filter((entry): entry is [string, WrittenValue] => entry[1] !== undefined)
  return { metadata: Object.fromEntries(kept), tensors }
}
/** The same of another architecture. */
function as(architecture: string, change: Record<string, WrittenValue | undefined> = {}) {
  const renamed = Object.entries(soundGguf.metadata).map(([key, value]) => [
    key.replace(/^llama\./, `${architecture}.`),
    value
  ])
  const metadata = { ...Object.fromEntries(renamed), 'general.architecture': architecture }
  const changed = Object.entries(change).map(([key, value]) => [`${architecture}.${key}`, value])
  return written({
    ...Object.fromEntries(Object.keys(soundGguf.metadata).map((key) => [key, undefined])),
    ...metadata,
    ...Object.fromEntries(changed)
  })
}

describe('what a model is for', () => {
  test.each([
    ['llama', {}, 'chat'],
    ['bert', {}, 'embedding'],
    ['nomic-bert-moe', {}, 'embedding'],
    ['modern-bert', {}, 'embedding'],
    ['gemma-embedding', {}, 'embedding'],
    ['qwen3', { pooling_type: 3 }, 'embedding'],
    ['qwen3', { pooling_type: 0 }, 'chat'],
    ['qwen3', { pooling_type: 4 }, 'rerank'],
    ['bert', { pooling_type: 4 }, 'rerank']
  ])('is told by its architecture and pooling: %s %o', (architecture, change, kind) => {
    expect(readSummary(as(architecture, change)).kind).toBe(kind)
  })

  test('is to judge when it has a tensor for that', () => {
    const judge = { name: 'cls.output.weight', dimensions: [32, 1], type: 'F32' }
    expect(readSummary(written({}, [...soundGguf.tensors, judge])).kind).toBe('rerank')
  })
})

describe('what a chat template has a place for', () => {
  test.each([
    ['{% if tools %}<tools>{{ tools | tojson }}</tools>{% endif %}', { tools: true, reasoning: false }],
    ['{% if message.tool_calls %}{% endif %}', { tools: true, reasoning: false }],
    ['{% if enable_thinking is false %}<think>\n\n</think>{% endif %}', { tools: false, reasoning: true }],
    ['<|start|>assistant<|channel|>analysis', { tools: false, reasoning: true }],
    ['{{ message.reasoning_content }}', { tools: false, reasoning: true }],
    ['Use your toolstack and think.', { tools: false, reasoning: false }]
  ])('%s', (template, abilities) => {
    expect(readSummary(written({ 'tokenizer.chat_template': template })).abilities).toEqual(abilities)
  })
})

describe('the shape of a model', () => {
  const layersOf = (gguf: ReturnType<typeof as>) => readShape(gguf).layers

  test('has what each layer keeps of a token', () => {
    // 2 of 4 heads, of 32 / 4 numbers each
    expect(layersOf(as('llama'))).toMatchObject([
      { keyWidth: 16, valueWidth: 16, windowTokens: null, stateBytes: 0 },
      { keyWidth: 16, valueWidth: 16, windowTokens: null, stateBytes: 0 }
    ])
  })

  test('takes lengths of keys and values, and a number of heads for each layer', () => {
    const change = {
      'attention.key_length': 12,
      'attention.value_length': 6,
      'attention.head_count_kv': [4, 1]
    }
    expect(layersOf(as('deci', change))).toMatchObject([
      { keyWidth: 48, valueWidth: 24 },
      { keyWidth: 12, valueWidth: 6 }
    ])
  })

  test('has windows where the architecture does, whatever others write', () => {
    const windows = (name: string, more = {}) =>
      layersOf(
        as(name, { block_count: 6, 'attention.sliding_window': 64, 'attention.head_count_kv': 2, ...more })
      ).map((layer) => layer.windowTokens)
    expect(windows('gemma3')).toEqual([64, 64, 64, 64, 64, null])
    expect(windows('gpt-oss')).toEqual([64, null, 64, null, 64, null])
    expect(windows('modern-bert')).toEqual([null, 64, 64, null, 64, 64])
    expect(windows('llama')).toEqual([null, null, null, null, null, null])
    expect(windows('gemma3', { 'attention.sliding_window_pattern': 3 })).toEqual([64, 64, null, 64, 64, null])
    expect(windows('gemma3n', { 'attention.sliding_window_pattern': [1, 0, 0, 1, 1, 0] })).toEqual([
      64,
      null,
      null,
      64,
      64,
      null
    ])
  })

  test('has no memory of its own in layers that use that of others', () => {
    const change = { block_count: 4, 'attention.head_count_kv': 2, 'attention.shared_kv_layers': 3 }
    expect(layersOf(as('gemma3n', change)).map((layer) => layer.keyWidth)).toEqual([16, 0, 0, 0])
  })

  test('has a state in recurrent layers, instead of tokens', () => {
    const ssm = { 'ssm.conv_kernel': 4, 'ssm.inner_size': 64, 'ssm.state_size': 16, 'ssm.group_count': 1 }
    const state = 4 * (3 * (64 + 2 * 16) + 64 * 16)
    const mamba = as('mamba2', { ...ssm, 'attention.head_count': 0, 'attention.head_count_kv': 0 })
    expect(layersOf(mamba)).toMatchObject([
      { keyWidth: 0, stateBytes: state },
      { keyWidth: 0, stateBytes: state }
    ])
    const hybrid = as('qwen3next', {
      ...ssm,
      block_count: 4,
      'attention.head_count_kv': 2,
      full_attention_interval: 4
    })
    expect(layersOf(hybrid).map((layer) => [layer.keyWidth, layer.stateBytes])).toEqual([
      [0, state],
      [0, state],
      [0, state],
      [16, 0]
    ])
  })

  test('knows which weights serve twice, and which models write nothing', () => {
    const tied = readShape(knownModels['Gemma 3 4B Q4_0'])
    expect(tied.sharedBytes).toBe(tied.inputBytes)
    expect(readShape(knownModels['Llama 3.1 8B Q4_0']).sharedBytes).toBe(0)
    expect(readShape(as('bert'))).toMatchObject({ sharedBytes: 0, outputLength: 0 })
  })

  test.each([
    ['no layers', { 'llama.block_count': 0 }],
    ['no width', { 'llama.embedding_length': undefined }],
    ['no heads', { 'llama.attention.head_count': undefined }],
    ['more layers than the engine takes', { 'llama.block_count': 513 }]
  ])('is refused with %s', (_, change) => {
    expect(() => readSummary(written(change))).toThrow(/layers/)
  })

  test('is none for a file that lets a model see', () => {
    expect(readSummary(written({ 'general.architecture': 'clip' })).shape).toBeNull()
  })
})
