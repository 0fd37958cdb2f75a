import { describe, expect, it } from 'vitest'
import { saveAliasSchema } from '../contract/aliases.ts'
import type { Model } from '../contract/models.ts'
import { aliasModels } from './alias-models.ts'

const model = (id: string, more: Partial<Model> = {}): Model => ({
  id,
  providerId: 'p',
  providerName: 'P',
  name: id,
  onDevice: false,
  contextTokens: null,
  maxOutputTokens: null,
  priced: true,
  abilities: {},
  ...more
})
const alias = (name: string, ...targets: string[]) => ({
  name,
  ...saveAliasSchema.parse({ targets: targets.map((target) => ({ model: target })) })
})

describe('aliasModels', () => {
  it('names auto and every alias, as long as there is a model', () => {
    const names = aliasModels([alias('fast', 'p/a')], [model('p/a')]).map(({ id }) => id)
    expect(names).toEqual(['auto', 'fast'])
    expect(aliasModels([alias('fast', 'p/a')], [])).toEqual([])
  })

  it('promises of an alias what all of its targets can do', () => {
    const models = [
      model('p/a', {
        contextTokens: 8000,
        maxOutputTokens: 1000,
        onDevice: true,
        abilities: { vision: true, tools: true }
      }),
      model('p/b', { contextTokens: 4000, maxOutputTokens: 2000, abilities: { tools: true } })
    ]
    const [, both, one, unlisted] = aliasModels(
      [alias('both', 'p/a', 'p/b'), alias('one', 'p/a'), alias('unlisted', 'p/a', 'p/new')],
      models
    )
    expect(both).toMatchObject({
      contextTokens: 4000,
      maxOutputTokens: 1000,
      onDevice: false,
      abilities: { tools: true }
    })
    expect(one).toMatchObject({ onDevice: true, abilities: { vision: true, tools: true } })
    expect(unlisted).toMatchObject({
      contextTokens: null,
      maxOutputTokens: null,
      onDevice: false,
      priced: false,
      abilities: {}
    })
  })
})
