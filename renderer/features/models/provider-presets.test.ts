import { describe, expect, it } from 'vitest'
import { providerIdSchema } from '../../../core/contract/models.ts'
import { freeProviderId, providerPresets, slug } from './provider-presets.ts'

describe('provider presets', () => {
  it('have ids the daemon takes, each once, and addresses that parse', () => {
    const ids = providerPresets.map((preset) => preset.id)
    expect(new Set(ids).size).toBe(ids.length)
    for (const preset of providerPresets) {
      expect(providerIdSchema.safeParse(preset.id).success).toBe(true)
      if (preset.id !== 'custom') expect(URL.canParse(preset.baseUrl)).toBe(true)
    }
  })
})

describe('freeProviderId', () => {
  it('counts up from a name that is taken', () => {
    expect(freeProviderId('openai', [])).toBe('openai')
    expect(freeProviderId('openai', ['openai', 'openai-2'])).toBe('openai-3')
  })

  it('makes any name a valid id', () => {
    for (const name of ['My Server!', 'Größe', '日本', '-x-', '', 'a'.repeat(80)]) {
      expect(providerIdSchema.safeParse(slug(name)).success).toBe(true)
    }
    expect(slug('My Server!')).toBe('my-server')
  })
})
