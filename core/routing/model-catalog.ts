import { readFileSync } from 'node:fs'
import { z } from 'zod'
import type { ModelAbilities } from '../providers/spec/provider.ts'

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
  vendors: z.record(z.string(), z.array(z.unknown()))
})

const tokens = z.number().int().positive()
/** Null where nobody says. */
const ability = z.boolean().nullable()
const rowsSchema = z.array(
  z.tuple([z.string().min(1), tokens, tokens.nullable(), ability, ability, ability, ability])
)

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
const vendorOfMaker: ReadonlyMap<string, string> = new Map([
  ['x-ai', 'xai'],
  ['z-ai', 'zai'],
  ['mistralai', 'mistral']
])

/**
 * Throws when the file is not of the catalog's form; asking it throws when that vendor's rows are not, or name a model
 * twice. They are read when somebody first asks for them: reading all at once would hold up whoever else is being answered.
 */
export function parseModelCatalog(json: unknown): ModelCatalog {
  const unread = new Map(Object.entries(catalogFileSchema.parse(json).vendors))
  const read = new Map<string, ReadonlyMap<string, CatalogModel>>()
  const modelsOf = (vendor: string): ReadonlyMap<string, CatalogModel> | undefined => {
    const rows = unread.get(vendor)
    if (rows) {
      read.set(vendor, readRows(rows))
      unread.delete(vendor)
    }
    return read.get(vendor)
  }
  const lookUp = (vendor: string, model: string): CatalogModel | null => {
    const models = modelsOf(vendor)
    if (!models) return null
    const name = namesOf(model.toLowerCase()).find((candidate) => models.has(candidate))
    return name === undefined ? null : (models.get(name) ?? null)
  }
  return {
    find(vendor, model) {
      const found = lookUp(vendor, model)
      if (found || vendor !== 'openrouter') return found
      const [maker = '', ...name] = model.split('/')
      return lookUp(vendorOfMaker.get(maker) ?? maker, name.join('/'))
    }
  }
}

function readRows(rows: readonly unknown[]): ReadonlyMap<string, CatalogModel> {
  const models = new Map<string, CatalogModel>()
  for (const [id, contextTokens, maxOutputTokens, vision, tools, json, reasoning] of rowsSchema.parse(rows)) {
    const name = id.toLowerCase()
    if (models.has(name)) throw new Error(`two entries for ${id}`)
    const abilities = known({ vision, tools, json, reasoning })
    models.set(name, { contextTokens, maxOutputTokens, abilities })
  }
  return models
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

function known(abilities: Record<keyof ModelAbilities, boolean | null>): ModelAbilities {
  return Object.fromEntries(Object.entries(abilities).filter(([, value]) => value !== null))
}
