import type { CatalogModel } from '../../../../core/contract/downloads.ts'
import { recommendFile } from './choose-file.ts'

export interface CatalogFilter {
  kind: CatalogModel['kind'] | 'all'
  tools: boolean
  reasoning: boolean
  vision: boolean
  /** Leave out what does not fit this machine. */
  fitsOnly: boolean
  words: string
}

export const everything: CatalogFilter = {
  kind: 'all',
  tools: false,
  reasoning: false,
  vision: false,
  fitsOnly: true,
  words: ''
}

/** The models that have all that is asked for. */
export function filterCatalog(models: readonly CatalogModel[], filter: CatalogFilter): CatalogModel[] {
  const words = filter.words.toLowerCase().split(/\s+/).filter(Boolean)
  return models.filter((model) => {
    const text = `${model.name} ${model.publisher} ${model.repo} ${model.goodFor}`.toLowerCase()
    return (
      (filter.kind === 'all' || model.kind === filter.kind) &&
      (!filter.tools || model.abilities.tools) &&
      (!filter.reasoning || model.abilities.reasoning) &&
      (!filter.vision || model.abilities.vision) &&
      (!filter.fitsOnly || recommendFile(model.files)?.fit.verdict !== 'no') &&
      words.every((word) => text.includes(word))
    )
  })
}
