import { readFileSync } from 'node:fs'
import { z } from 'zod'
import type { ModelAbilities } from '../providers/spec/provider.ts'

const tokens = z.number().int().positive()
/** Null where nobody says. */
const ability = z.boolean().nullable()
const catalogFileSchema = z.strictObject({
  source: z.string().min(1),
  date: z.iso.date(),
  columns: z.tuple([
    z.literal('model'),
    z.literal('contextTokens'),
    z.literal('maxOutputTokens'),
    z.literal('vision'),
    z.literal('tools'),
    z.literal('json'),
    z.literal('reasoning')
  ]),
  vendors: z.record(
    z.string(),
    z.array(z.tuple([z.string().min(1), tokens, tokens.nullable(), ability, ability, ability, ability]))
  )
})

/** What a vendor's model can do. */
export interface CatalogModel {
  /** The longest prompt: the window, or the limit of the prompt where the vendor has one below it. */
  contextTokens: number
  maxOutputTokens: number | null
  abilities: ModelAbilities
}

/** Knows the chat models of the vendors, by their own ids. */
export interface ModelCatalog {
  /** Vendors are called as in the price table. A version is found by the name of its model; null when nothing is known. */
  find(vendor: string, model: string): CatalogModel | null
}

/** OpenRouter's spelling of makers whose own models are in the catalog. */
const vendorOfMaker: Readonly<Record<string, string>> = { 'x-ai': 'xai', 'z-ai': 'zai', mistralai: 'mistral' }

/** Throws when the rows are not of the catalog's form, or name a model twice. */
export function parseModelCatalog(json: unknown): ModelCatalog {
  const models = new Map<string, CatalogModel>()
  for (const [vendor, rows] of Object.entries(catalogFileSchema.parse(json).vendors)) {
    for (const [model, contextTokens, maxOutputTokens, vision, tools, json, reasoning] of rows) {
      const key = keyOf(vendor, model)
      if (models.has(key)) throw new Error(`two entries for ${key}`)
      const abilities = known({ vision, tools, json, reasoning })
      models.set(key, { contextTokens, maxOutputTokens, abilities })
    }
  }
  const lookUp = (vendor: string, model: string): CatalogModel | null => {
    for (const name of namesOf(model)) {
      const found = models.get(keyOf(vendor, name))
      if (found) return found
    }
    return null
  }
  return {
    find(vendor, model) {
      const found = lookUp(vendor, model)
      if (found || vendor !== 'openrouter') return found
      const [maker = '', ...name] = model.split('/')
      return lookUp(vendorOfMaker[maker] ?? maker, name.join('/'))
    }
  }
}

/** The catalog that comes with Homeport, read when it is first asked, so that a start does not wait for it. */
export function createModelCatalog(read: () => ModelCatalog = readModelCatalog): ModelCatalog {
  let catalog: ModelCatalog | null = null
  return {
    find(vendor, model) {
      catalog ??= read()
      return catalog.find(vendor, model)
    }
  }
}

function readModelCatalog(): ModelCatalog {
  // two folders up from core/routing/ as well as from the built out/main/
  const file = new URL('../../resources/models/models.json', import.meta.url)
  return parseModelCatalog(JSON.parse(readFileSync(file, 'utf8')))
}

/**
 * What a model may be listed as, the most exact first: its id; without what chooses a host or a variant of it
 * (OpenRouter's `:free`, Hugging Face's `:groq`, a deployment at Fireworks) or what OpenAI's fine-tuning adds; and without
 * a version.
 */
function namesOf(model: string): string[] {
  const id = model.replace(/^models\//, '') // as Google writes its ids
  const name = id.replace(/^ft:/, '').replace(/[:#].*$/, '')
  return [id, name, name.replace(/-(\d{4}-\d\d-\d\d|\d{8}|\d{3}|latest)$/, '')]
}

const keyOf = (vendor: string, model: string): string => `${vendor} ${model.toLowerCase()}`

function known(abilities: Record<keyof ModelAbilities, boolean | null>): ModelAbilities {
  return Object.fromEntries(Object.entries(abilities).filter(([, value]) => value !== null))
}
