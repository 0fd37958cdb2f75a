import { describe, expect, test } from 'vitest'
import type { EngineDevice } from '../../contract/engine-frames.ts'
import { localModelSettingsSchema } from '../../contract/local-models.ts'
import { approximateShape } from '../catalog/approximate-shape.ts'
import { ModelFits } from './model-fits.ts'

describe('how models fit this machine', () => {
  const settings = localModelSettingsSchema.parse({})
  const shape = approximateShape('chat', 200_000_000, 300_000_000)
  const model = { kind: 'chat' as const, shape, contextTokens: 8_192, settings }
  let devices: EngineDevice[] = []
  let limit: number | null = null
  const fits = new ModelFits({ devices: () => devices, limitMegabytes: () => limit })

  test('is worked out once, as long as nothing changes', () => {
    expect(fits.of(model).verdict).toBe('cpu')
    expect(fits.of(model)).toBe(fits.of({ ...model }))
  })

  test('is another with other settings', () => {
    const small = { ...settings, contextTokens: 512 }
    expect(fits.of({ ...model, settings: small }).contextTokens).toBe(512)
    expect(fits.of(model).contextTokens).toBeGreaterThan(512)
  })

  test('follows what the person allows, and what the engine found to compute on', () => {
    limit = 100
    expect(fits.budget().total).toBe(100 * 2 ** 20)
    expect(fits.of(model).verdict).toBe('no')
    limit = null
    devices = [{ name: 'GPU', kind: 'gpu', totalBytes: 24e9, freeBytes: 23e9 }]
    expect(fits.of(model).verdict).toBe('gpu')
  })

  test('says the same of a model that is not here yet', () => {
    const { parallel: _, ...shown } = fits.of(model)
    expect(fits.ofOffered(model)).toEqual(shown)
  })
})
