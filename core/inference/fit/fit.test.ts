import { describe, expect, test } from 'vitest'
import { localModelSettingsSchema } from '../../contract/local-models.ts'
import { ggufHeader } from '../files/gguf-writer.test-support.ts'
import { readSummary } from '../files/read-shape.test-support.ts'
import { type FitSettings, fitOf } from './fit.ts'
import { guessShape } from './guess-shape.ts'
import { type KnownModelName, knownModels } from './known-models.test-support.ts'
import type { Machine } from './machine.ts'
import { memoryBudget } from './memory-budget.ts'

const GIB = 2 ** 30
const defaults = localModelSettingsSchema.parse({})

function machine(memoryGib: number, gpuGib = 0, isUnified = false): Machine {
  return {
    memory: { totalBytes: memoryGib * GIB, freeBytes: memoryGib * GIB },
    // a desktop's screen takes some of it
    gpus: gpuGib === 0 ? [] : [{ totalBytes: gpuGib * GIB, freeBytes: (gpuGib - 0.3) * GIB }],
    isUnified,
    physicalCores: 4
  }
}
const machines = {
  'container of 1.5 GB': machine(1.5),
  'container of 4 GB': machine(4),
  'notebook of 8 GB': machine(8),
  'notebook of 16 GB': machine(16),
  'desktop of 32 GB': machine(32),
  'desktop of 16 GB, GPU of 4': machine(16, 4),
  'desktop of 32 GB, GPU of 8': machine(32, 8),
  'desktop of 32 GB, GPU of 12': machine(32, 12),
  'desktop of 64 GB, GPU of 24': machine(64, 24),
  'server of 256 GB, GPU of 80': machine(256, 80),
  'Mac of 8 GB': machine(8, 5.3, true),
  'Mac of 16 GB': machine(16, 10.7, true),
  'Mac of 64 GB': machine(64, 48, true)
}
type MachineName = keyof typeof machines

const place = (
  model: KnownModelName,
  on: Machine,
  settings: Partial<FitSettings> = {},
  limit: number | null = null
) => fitOf(readSummary(knownModels[model]), memoryBudget(on, limit), { ...defaults, ...settings })

describe('how a model fits', () => {
  // weights: 0.6B 0.6 GiB, 4B 2.0, 8B Q4 4.2, 8B Q8 7.9, 30B 16.0, 70B 37.0
  const verdicts: [MachineName, Record<KnownModelName, string>][] = [
    ['container of 1.5 GB', row('cpu', 'no', 'no', 'no', 'no', 'no')],
    ['container of 4 GB', row('cpu', 'cpu', 'no', 'no', 'no', 'no')],
    ['notebook of 8 GB', row('cpu', 'cpu', 'cpu', 'no', 'no', 'no')],
    ['notebook of 16 GB', row('cpu', 'cpu', 'cpu', 'cpu', 'no', 'no')],
    ['desktop of 32 GB', row('cpu', 'cpu', 'cpu', 'cpu', 'cpu', 'no')],
    ['desktop of 16 GB, GPU of 4', row('gpu', 'gpu', 'partly', 'partly', 'no', 'no')],
    ['desktop of 32 GB, GPU of 8', row('gpu', 'gpu', 'gpu', 'partly', 'partly', 'no')],
    ['desktop of 32 GB, GPU of 12', row('gpu', 'gpu', 'gpu', 'gpu', 'partly', 'no')],
    ['desktop of 64 GB, GPU of 24', row('gpu', 'gpu', 'gpu', 'gpu', 'gpu', 'partly')],
    ['server of 256 GB, GPU of 80', row('gpu', 'gpu', 'gpu', 'gpu', 'gpu', 'gpu')],
    ['Mac of 8 GB', row('gpu', 'gpu', 'partly', 'no', 'no', 'no')],
    ['Mac of 16 GB', row('gpu', 'gpu', 'gpu', 'gpu', 'no', 'no')],
    ['Mac of 64 GB', row('gpu', 'gpu', 'gpu', 'gpu', 'gpu', 'gpu')]
  ]
  test.each(verdicts)('%s', (name, expected) => {
    const actual = Object.fromEntries(
      Object.keys(expected).map((model) => [model, place(model as KnownModelName, machines[name]).verdict])
    )
    expect(actual).toEqual(expected)
  })

  const every = (Object.keys(machines) as MachineName[]).flatMap((name) =>
    (Object.keys(knownModels) as KnownModelName[]).map((model) => [model, name] as const)
  )
  test.each(every)('never promises more than there is: %s, %s', (model, name) => {
    const { memory, gpus } = machines[name]
    const { verdict, memoryBytes } = place(model, machines[name])
    const all = memory.totalBytes + (machines[name].isUnified ? 0 : (gpus[0]?.freeBytes ?? 0))
    if (verdict !== 'no') expect(memoryBytes).toBeLessThan(all)
    // and what is refused could not be with any context that is of use
    else expect(memoryBytes).toBeGreaterThan(all * 0.65)
  })
})

describe('what a model gets', () => {
  const llama = 'Llama 3.1 8B Q4_0'

  test('is the usual context where there is no room for more, and a long one where there is', () => {
    expect(place(llama, machines['notebook of 8 GB']).contextTokens).toBe(8192)
    expect(place(llama, machines['desktop of 64 GB, GPU of 24']).contextTokens).toBe(32_768)
  })

  test('is a short context rather than none', () => {
    expect(place('Qwen3 30B A3B Q4_0', machine(22.2))).toMatchObject({ verdict: 'cpu', contextTokens: 2048 })
  })

  test('is what the person chose, and refused when that does not fit', () => {
    const on = machines['notebook of 16 GB']
    expect(place(llama, on, { contextTokens: 20_000 })).toMatchObject({
      verdict: 'cpu',
      contextTokens: 20_000
    })
    expect(place(llama, on, { contextTokens: 131_072 })).toMatchObject({
      verdict: 'no',
      contextTokens: 131_072
    })
    expect(place(llama, on, { contextTokens: 65_536, kvCache: 'q4_0' }).verdict).toBe('cpu')
    expect(place(llama, on, { contextTokens: 8192, parallel: 16 }).verdict).toBe('no')
  })

  test('is as many layers on the GPU as the person chose', () => {
    const on = machines['desktop of 32 GB, GPU of 8']
    expect(place(llama, on, { gpuLayers: 0 })).toMatchObject({ verdict: 'cpu', gpuLayers: 0, layers: 33 })
    expect(place(llama, on, { gpuLayers: 10 })).toMatchObject({ verdict: 'partly', gpuLayers: 10 })
    expect(place(llama, on, { gpuLayers: 99 })).toMatchObject({ verdict: 'gpu', gpuLayers: 33 })
    expect(place('Llama 3.1 8B Q8_0', on, { gpuLayers: 33 }).verdict).toBe('no')
  })

  test('is more layers on a larger GPU', () => {
    const layers = [4, 6, 8].map((gpu) => place('Llama 3.1 8B Q8_0', machine(32, gpu)).gpuLayers ?? 0)
    expect(layers).toEqual(layers.toSorted((a, b) => a - b))
    expect(new Set(layers).size).toBe(3)
  })

  test('is several conversations at once while half of the room is left', () => {
    expect(place(llama, machines['server of 256 GB, GPU of 80']).parallel).toBe(4)
    expect(place(llama, machines['notebook of 8 GB']).parallel).toBe(1)
    expect(place(llama, machines['notebook of 8 GB'], { parallel: 2, contextTokens: 2048 }).parallel).toBe(2)
  })

  test('is no more than the person allows for models', () => {
    const on = machines['server of 256 GB, GPU of 80']
    expect(place(llama, on, {}, 4000).verdict).toBe('no')
    expect(place(llama, on, {}, 7000).memoryBytes).toBeLessThan(7000 * 2 ** 20)
  })

  test('is told for each context up to that it was trained for', () => {
    const { perContext, contextTokens, memoryBytes } = place('Qwen3 0.6B Q8_0', machines['notebook of 16 GB'])
    expect(perContext.map((size) => size.contextTokens)).toEqual([2048, 4096, 8192, 16_384, 32_768, 40_960])
    expect(perContext.find((size) => size.contextTokens === contextTokens)?.memoryBytes).toBe(memoryBytes)
    const bytes = perContext.map((size) => size.memoryBytes)
    expect(bytes).toEqual(bytes.toSorted((a, b) => a - b))
  })

  test('is not known of a header that does not say enough', () => {
    const budget = memoryBudget(machines['notebook of 16 GB'], null)
    const unread = { kind: 'chat', shape: null, contextTokens: null } as const
    expect(fitOf(unread, budget, defaults)).toMatchObject({ verdict: 'unknown', memoryBytes: null })
  })

  test('is one input at a time for a model that reads it as a whole', () => {
    const model = { ...readSummary(knownModels['Qwen3 0.6B Q8_0']), kind: 'embedding' as const }
    const fit = fitOf(model, memoryBudget(machines['server of 256 GB, GPU of 80'], null), defaults)
    expect(fit).toMatchObject({ verdict: 'gpu', contextTokens: 4096, parallel: 1 })
    // 4096 tokens at once take the odds of 151,936 tokens after each
    expect(fit.memoryBytes).toBeGreaterThan(4096 * 151_936 * 4)
  })
})

describe('a file that has not been read', () => {
  const sizes: [KnownModelName, number][] = [
    ['Qwen3 0.6B Q8_0', 0.6e9],
    ['Llama 3.1 8B Q4_0', 8e9],
    ['Llama 3.1 8B Q8_0', 8e9],
    ['Llama 3.3 70B Q4_0', 70e9]
  ]
  test.each(sizes)('is taken to need what such models need: %s', (name, parameters) => {
    const summary = readSummary(knownModels[name])
    const { header, fileBytes } = ggufHeader(knownModels[name])
    const shape = guessShape({ kind: 'chat', sizeBytes: fileBytes - header.length, parameters })
    for (const on of Object.values(machines)) {
      const budget = memoryBudget(on, null)
      const read = fitOf(summary, budget, { ...defaults, contextTokens: 8192, gpuLayers: 0, parallel: 1 })
      const guessed = fitOf({ ...summary, shape }, budget, {
        ...defaults,
        contextTokens: 8192,
        gpuLayers: 0,
        parallel: 1
      })
      expect((guessed.memoryBytes ?? 0) / (read.memoryBytes ?? 0)).toBeCloseTo(1, 1)
    }
  })
})

function row(...verdicts: [string, string, string, string, string, string]): Record<KnownModelName, string> {
  const [smallest, gemma, llamaQ4, llamaQ8, experts, largest] = verdicts
  return {
    'Qwen3 0.6B Q8_0': smallest,
    'Gemma 3 4B Q4_0': gemma,
    'Llama 3.1 8B Q4_0': llamaQ4,
    'Llama 3.1 8B Q8_0': llamaQ8,
    'Qwen3 30B A3B Q4_0': experts,
    'Llama 3.3 70B Q4_0': largest
  }
}
