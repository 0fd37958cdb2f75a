import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { GgufInsights, getLlama, type Llama, readGgufFileInfo } from 'node-llama-cpp'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { writeTinyGguf } from '../../../test/support/tiny-gguf.ts'
import { checkGguf } from '../files/gguf-check.ts'
import { writeHollowGguf } from '../files/gguf-writer.test-support.ts'
import { readShape } from '../files/read-shape.test-support.ts'
import { estimateMemory, type MemoryOptions } from './estimate-memory.ts'
import { knownEncoder } from './known-encoder.test-support.ts'
import { type KnownModelName, knownModels } from './known-models.test-support.ts'

const options: MemoryOptions = {
  contextTokens: 8192,
  parallel: 1,
  batchTokens: 512,
  kvCache: 'f16',
  gpuLayers: 0,
  flashAttention: true
}
const MIB = 2 ** 20
const GIB = 2 ** 30

describe('the expected memory of a model', () => {
  let folder: string
  let llama: Llama
  const file = (name: string) => join(folder, `${name.replaceAll(' ', '-')}.gguf`)

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'homeport-memory-'))
    for (const [name, gguf] of Object.entries(knownModels)) writeHollowGguf(file(name), gguf)
    writeHollowGguf(file('encoder'), knownEncoder)
    writeTinyGguf(file('tiny'))
    llama = await getLlama({ gpu: false, build: 'never', logLevel: 'error' as Llama['logLevel'] })
  })
  afterAll(async () => {
    await llama.dispose()
    rmSync(folder, { recursive: true })
  })

  /** What llama.cpp itself reserves; it reads no weights for that. */
  async function reserved(path: string, wanted: MemoryOptions, isEmbeddingContext = false): Promise<number> {
    const insights = await GgufInsights.from(await readGgufFileInfo(path), llama)
    const model = await insights.estimateModelResourceRequirementsV2({ gpuLayers: 0, useMmap: false })
    const context = await insights.estimateContextResourceRequirementsV2({
      contextSize: wanted.contextTokens,
      modelGpuLayers: 0,
      sequences: wanted.parallel,
      isEmbeddingContext,
      batchSize: wanted.batchTokens,
      flashAttention: wanted.flashAttention ? 'auto' : false,
      useMmap: false
    })
    return model.cpuRam + context.cpuRam
  }

  const cases: [string, Partial<MemoryOptions>][] = [
    ['as it is', {}],
    ['with a short context', { contextTokens: 2048 }],
    ['with a long context', { contextTokens: 32_768 }],
    ['with four conversations', { parallel: 4 }],
    ['without flash attention', { flashAttention: false }],
    ['with inputs computed as a whole', { contextTokens: 4096, batchTokens: 4096 }]
  ]
  describe.each(Object.keys(knownModels))('%s', (name) => {
    test.each(cases)('is what the engine reserves, %s', async (_, change) => {
      const wanted = { ...options, ...change }
      const expected = estimateMemory(readShape(knownModels[name as KnownModelName]), wanted).total
      const actual = await reserved(file(name), wanted)
      expect(expected / actual).toBeGreaterThan(0.97)
      expect(expected / actual).toBeLessThan(1.03)
    })
  })

  test.each([512, 2048, 8192])(
    'is what the engine reserves for an encoder with inputs of %i tokens',
    async (tokens) => {
      const wanted = { ...options, contextTokens: tokens, batchTokens: tokens }
      const expected = estimateMemory(readShape(knownEncoder), wanted).total
      const actual = await reserved(file('encoder'), wanted, true)
      expect(expected / actual).toBeGreaterThan(0.97)
      expect(expected / actual).toBeLessThan(1.03)
    }
  )

  test('is near it even for a model so small that what is not counted shows', async () => {
    const summary = await checkGguf([file('tiny')])
    if (summary.shape === null) throw new Error('the tiny model has a shape')
    const wanted = { ...options, contextTokens: 2048 }
    const ratio = estimateMemory(summary.shape, wanted).total / (await reserved(file('tiny'), wanted))
    expect(ratio).toBeGreaterThan(0.8)
    expect(ratio).toBeLessThan(1.2)
  })

  test.each([1, 11, 20, 33])('puts %i layers on the GPU as the engine does', async (gpuLayers) => {
    const name = 'Llama 3.1 8B Q8_0'
    const insights = await GgufInsights.from(await readGgufFileInfo(file(name)), llama)
    const weights = insights.estimateModelResourceRequirements({ gpuLayers, useMmap: false })
    const { gpu } = estimateMemory(readShape(knownModels[name]), { ...options, gpuLayers })
    const cache = Math.min(gpuLayers - 1, 32) * 32 * MIB
    const compute = 512 * 4 * (128_256 + 2 * 4096)
    expect(gpu).toBe(weights.gpuVram + cache + compute)
  })

  test('counts the weights that input and output share twice when they are on the processor and the GPU', () => {
    const shape = readShape(knownModels['Qwen3 0.6B Q8_0'])
    const onCpu = estimateMemory(shape, options).total
    const onGpu = estimateMemory(shape, { ...options, gpuLayers: 29 }).total
    expect(onGpu - onCpu).toBe((1024 * 151_936 * 34) / 32)
  })
})

describe('the cache of a conversation', () => {
  const cacheOf = (name: KnownModelName, contextTokens: number, change: Partial<MemoryOptions> = {}) => {
    const shape = readShape(knownModels[name])
    const withCache = estimateMemory(shape, { ...options, ...change, contextTokens }).total
    const none = { ...shape, layers: shape.layers.map((layer) => ({ ...layer, keyWidth: 0, valueWidth: 0 })) }
    return withCache - estimateMemory(none, { ...options, ...change, contextTokens }).total
  }

  test('is two numbers for each layer, head and token', () => {
    // 32 layers, 8 heads of 128, 2 bytes
    expect(cacheOf('Llama 3.1 8B Q8_0', 8192)).toBe(2 * 32 * 8 * 128 * 2 * 8192)
    expect(cacheOf('Llama 3.3 70B Q4_0', 131_072)).toBe(40 * GIB)
  })

  test('is kept for every conversation', () => {
    expect(cacheOf('Llama 3.1 8B Q8_0', 8192, { parallel: 4 })).toBe(4 * GIB)
  })

  test('is smaller with smaller numbers', () => {
    expect(cacheOf('Llama 3.1 8B Q8_0', 8192, { kvCache: 'q8_0' })).toBe((GIB / 2) * (34 / 32))
    expect(cacheOf('Llama 3.1 8B Q8_0', 8192, { kvCache: 'q4_0' })).toBe((GIB / 2) * (18 / 32))
  })

  test('goes no further back than the windows of the layers that have them', () => {
    // of 34 layers every sixth has none; 1024 and a batch of 513 tokens in blocks of 256
    const perToken = 2 * 4 * 256 * 2
    expect(cacheOf('Gemma 3 4B Q4_0', 32_768)).toBe(perToken * (5 * 32_768 + 29 * 1792))
    expect(cacheOf('Gemma 3 4B Q4_0', 1024)).toBe(perToken * 34 * 1024)
  })

  test('takes whole blocks', () => {
    expect(cacheOf('Llama 3.1 8B Q8_0', 300)).toBe(cacheOf('Llama 3.1 8B Q8_0', 512))
  })
})
