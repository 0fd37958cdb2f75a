import { describe, expect, it } from 'vitest'
import { providerIdSchema } from '../../../core/contract/models.ts'
import { freeProviderId, slug } from './provider-id.ts'

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
