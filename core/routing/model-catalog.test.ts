import { readFileSync } from 'node:fs'
import { describe, expect, it, test } from 'vitest'
import { adapters } from '../providers/registry.generated.ts'
import { knownModel } from './known-model.ts'
import { createModelCatalog, parseModelCatalog } from './model-catalog.ts'

type Row = [model: string, contextTokens: number, maxOutputTokens: number | null, ...(boolean | null)[]]

const file = new URL('../../resources/models/models.json', import.meta.url)
const table = JSON.parse(readFileSync(file, 'utf8')) as { vendors: Record<string, Row[]> }
const row: Row = ['a', 1000, 100, true, true, null, false]
const withRows = (...rows: unknown[]) => ({ ...table, vendors: { openai: rows } })

test('the catalog that comes with Homeport has the form it should, and sizes that make sense', () => {
  const { find } = parseModelCatalog(table)
  for (const [vendor, rows] of Object.entries(table.vendors)) {
    expect(rows.length, vendor).toBeGreaterThan(0)
    // asking reads, and so checks, the rows of the vendor
    expect(find(vendor, rows[0]?.[0] ?? ''), vendor).not.toBeNull()
    for (const [model, contextTokens, maxOutputTokens] of rows) {
      expect(contextTokens, `${vendor}/${model}`).toBeGreaterThanOrEqual(2048)
      expect(contextTokens, `${vendor}/${model}`).toBeLessThanOrEqual(20_000_000)
      expect(maxOutputTokens ?? 1, `${vendor}/${model}`).toBeLessThanOrEqual(5_000_000)
    }
  }
})

test('every kind of provider that needs a key is in it', () => {
  const { find } = parseModelCatalog(table)
  const asked = new Set<string>()
  const catalog = {
    find(vendor: string, model: string) {
      asked.add(vendor)
      return find(vendor, model)
    }
  }
  for (const { kind, needsKey } of adapters) {
    if (!needsKey) continue
    asked.clear()
    knownModel(catalog, { kind, pricing: 'unknown' }, { id: 'any', name: 'any', contextTokens: null })
    expect(Object.keys(table.vendors), kind).toContain([...asked][0])
  }
})

test.each([
  ['a size that is none', ['a', 0, 100, true, true, null, false]],
  ['a missing ability', ['a', 1000, 100, true, true, null]],
  ['an ability that is none', ['a', 1000, 100, 'yes', true, null, false]],
  ['no name', ['', 1000, 100, true, true, null, false]]
])('refuses a row with %s', (_, broken) => {
  expect(parseModelCatalog(withRows(row)).find('openai', 'a')).not.toBeNull()
  const { find } = parseModelCatalog(withRows(broken))
  expect(() => find('openai', 'a')).toThrow()
})

test('refuses columns in another order, and two entries for one model', () => {
  expect(() => parseModelCatalog({ ...withRows(row), columns: ['contextTokens', 'model'] })).toThrow()
  const { find } = parseModelCatalog(withRows(row, ['A', 2000, null, null, null, null, null]))
  expect(() => find('openai', 'a')).toThrow('two entries')
})

test('is read when it is first asked, and once', () => {
  let times = 0
  const catalog = createModelCatalog(() => {
    times++
    return parseModelCatalog(withRows(row))
  })
  expect(times).toBe(0)
  expect(catalog.find('openai', 'a')).toEqual({
    contextTokens: 1000,
    maxOutputTokens: 100,
    abilities: { vision: true, tools: true, reasoning: false }
  })
  catalog.find('openai', 'b')
  expect(times).toBe(1)
})

describe('a model', () => {
  const { find } = createModelCatalog()

  it.each([
    ['openai', 'gpt-4o-2024-08-06', 'openai', 'gpt-4o'],
    ['openai', 'ft:gpt-4o-2024-08-06:acme::9kQ2', 'openai', 'gpt-4o'],
    ['anthropic', 'claude-sonnet-4-5-20250929', 'anthropic', 'claude-sonnet-4-5'],
    ['google', 'models/gemini-2.5-pro', 'google', 'gemini-2.5-pro'],
    ['google', 'gemini-2.5-flash-001', 'google', 'gemini-2.5-flash'],
    ['xai', 'grok-4.3-latest', 'xai', 'grok-4.3'],
    ['openrouter', 'openai/gpt-4o:online', 'openrouter', 'openai/gpt-4o'],
    ['openrouter', 'anthropic/claude-opus-4-5', 'anthropic', 'claude-opus-4-5'],
    ['openrouter', 'mistralai/codestral-latest', 'mistral', 'codestral-latest'],
    [
      'huggingface',
      'meta-llama/Llama-3.3-70B-Instruct:groq',
      'huggingface',
      'meta-llama/Llama-3.3-70B-Instruct'
    ],
    [
      'together',
      'meta-llama/llama-3.3-70b-instruct-turbo',
      'together',
      'meta-llama/Llama-3.3-70B-Instruct-Turbo'
    ],
    [
      'fireworks',
      'accounts/fireworks/models/kimi-k2p6#accounts/acme/deployments/2fc1',
      'fireworks',
      'accounts/fireworks/models/kimi-k2p6'
    ]
  ])('of %s called %s is known as %s/%s', (vendor, model, listedBy, listedAs) => {
    const known = find(vendor, model)
    expect(known).not.toBeNull()
    expect(known).toBe(find(listedBy, listedAs))
  })

  it('with a row of its own is not taken for the one it is a version of', () => {
    expect(find('openai', 'gpt-4o-2024-05-13')?.maxOutputTokens).toBe(4096)
    expect(find('openai', 'gpt-4o')?.maxOutputTokens).toBe(16_384)
  })

  it.each([
    ['ollama', 'llama3.3:70b'],
    ['openai', 'text-embedding-3-small'],
    ['openai', 'gpt-image-1'],
    ['openai', 'openai/gpt-4o'],
    ['nobody', 'gpt-4o'],
    ['constructor', 'gpt-4o'],
    ['openrouter', 'constructor/gpt-4o'],
    ['openrouter', 'auto'],
    ['openai', '']
  ])('of %s called %s is not known', (vendor, model) => {
    expect(find(vendor, model)).toBeNull()
  })
})
