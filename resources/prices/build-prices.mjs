// Makes prices.json from a flattened copy of the models.dev repository (https://models.dev, MIT) and from LiteLLM's
// model_prices file (https://github.com/BerriAI/litellm, MIT):
//   node resources/prices/build-prices.mjs <models-dev-YYYY-MM-DD.json> <litellm-YYYY-MM-DD.json>
// models.dev is believed first. LiteLLM adds tiers, sizes of prompts, sound and pictures, and models that the other lacks.
// Prices of the sources are USD; ours are integer nano-USD, per million tokens or a piece.
import { readFileSync, writeFileSync } from 'node:fs'
import { basename } from 'node:path'
import { baseRates, stepsOf, tokenRates, unitsOf } from './litellm-rates.mjs'
import { vendors, webSearchUsd } from './vendors.mjs'

const [modelsDevPath, litellmPath] = process.argv.slice(2)
const dateOf = (path) => {
  const date = /\d{4}-\d\d-\d\d/.exec(basename(path ?? ''))?.[0]
  if (!date) throw new Error('usage: build-prices.mjs <models-dev-YYYY-MM-DD.json> <litellm-YYYY-MM-DD.json>')
  return date
}
const dates = { 'models.dev': dateOf(modelsDevPath), LiteLLM: dateOf(litellmPath) }
const modelsDev = JSON.parse(readFileSync(modelsDevPath, 'utf8'))
const litellm = JSON.parse(readFileSync(litellmPath, 'utf8'))

/** A pinned version, `gpt-4o-2024-08-06` or `claude-opus-4-5-20251101`, found again by the name without it. */
const VERSION_DATE = /-(\d{4}-\d\d-\d\d|\d{8}|00\d)$/
/** Modes of LiteLLM's models that no call of ours has. */
const OTHER_MODES = new Set(['realtime', 'video_generation', 'ocr', 'search', 'image_edit', 'vector_store'])
/** Tiers of a vendor, by how LiteLLM ends the names of their prices. */
const TIERS = { batch: '_batches', flex: '_flex', priority: '_priority' }

const nanoUsd = (usd) => Math.round(usd * 1e9)
const defined = (object) =>
  Object.fromEntries(Object.entries(object).filter(([, value]) => value !== undefined))
const same = (one, other) => Math.abs(one - other) <= 1e-9 * Math.max(one, other, 1e-9)

/**
 * Integer rates with the five that every row has. A cache read that the vendor gives no lower price for (absent, or 0
 * beside a price for input) costs as much as input; a cache write never costs less. Claude's one-hour writes cost twice
 * the input price (https://docs.anthropic.com, prompt caching). A rate that equals what it falls back to is left out.
 */
function ratesOf(usd, isClaude) {
  const write = Math.max(usd.cacheWrite5m ?? 0, usd.input)
  const cacheRead = usd.cacheRead || usd.input
  // what only makes pictures, or sound, has no other output
  const output = usd.output || usd.outputImage || usd.outputAudio || 0
  const apart = (rate, other) =>
    rate === undefined || rate === 0 || same(rate, other) ? undefined : nanoUsd(rate)
  return defined({
    input: nanoUsd(usd.input),
    cacheRead: nanoUsd(Math.min(cacheRead, usd.input)),
    cacheWrite5m: nanoUsd(write),
    cacheWrite1h: nanoUsd(isClaude ? 2 * usd.input : write),
    output: nanoUsd(output),
    inputAudio: apart(usd.inputAudio, usd.input),
    audioCacheRead: apart(usd.audioCacheRead, cacheRead),
    inputImage: apart(usd.inputImage, usd.input),
    outputAudio: apart(usd.outputAudio, output),
    outputImage: apart(usd.outputImage, output),
    reasoning: apart(usd.reasoning, output)
  })
}

const modelsDevRates = (cost) => ({
  input: cost.input,
  output: cost.output,
  cacheRead: cost.cache_read ?? cost.cached_input ?? cost.cache_input,
  cacheWrite5m: cost.cache_write ?? cost.cached_write,
  inputAudio: cost.input_audio,
  outputAudio: cost.output_audio,
  reasoning: cost.reasoning
})

/** Where both say something: models.dev, with the rates that only the other has. */
function merged(first, second) {
  if (!second) return first
  // of a model that makes pictures or sound, models.dev has their rate as that of all output
  const isMedia = [second.outputImage, second.outputAudio].some((rate) => rate && same(rate, first.output))
  return { ...second, ...defined(first), ...(isMedia && { output: second.output }) }
}

const dollars = (usd) => `$${Number(usd.toFixed(6))}`
function disagreementOf(ours, theirs) {
  const differing = ['input', 'output', 'cacheRead'].filter(
    (name) => ours[name] && theirs[name] && !same(ours[name], theirs[name])
  )
  if (differing.length === 0) return undefined
  return `LiteLLM has ${differing.map((name) => `${name} ${dollars(theirs[name])}`).join(', ')}`
}

/** What is left out of rates for a tier or a size of prompts changes as their price for input does. */
function completed(rates, base) {
  const factor = base.input > 0 ? rates.input / base.input : 1
  const scaled = Object.entries(defined(base)).map(([name, usd]) => [name, usd * factor])
  return { ...Object.fromEntries(scaled), ...defined(rates) }
}

/** By size of the prompt, smallest first. */
function stepsFrom(bySize, base, isClaude) {
  return [...bySize]
    .sort(([one], [other]) => one - other)
    .map(([aboveInputTokens, rates]) => ({
      aboveInputTokens,
      rates: ratesOf(completed(rates, base), isClaude)
    }))
}

const bySize = (steps) => steps.filter(({ rates }) => rates).map(({ above, rates }) => [above, rates])

/** Of both sources; where they name the same size, models.dev's price holds. */
function stepsOfModel(cost, entry, base, isClaude) {
  const ours = (cost?.tiers ?? []).map(({ tier, ...rates }) => [tier.size, modelsDevRates(rates)])
  const sizes = new Map(entry ? bySize(stepsOf(entry)) : [])
  for (const [size, rates] of ours) sizes.set(size, merged(rates, sizes.get(size)))
  return stepsFrom(sizes, base, isClaude)
}

function tiersOf(vendor, entry, base, isClaude) {
  const tiers = Object.entries(TIERS).flatMap(([tier, suffix]) => {
    const rates = entry && tokenRates(entry, suffix)
    if (!rates) return []
    const whole = completed(rates, base)
    const steps = stepsFrom(bySize(stepsOf(entry, suffix)), whole, isClaude)
    return [[tier, { rates: ratesOf(whole, isClaude), ...(steps.length > 0 && { steps }) }]]
  })
  // Anthropic's batches cost half of everything (https://docs.anthropic.com, batch processing)
  if (vendor === 'anthropic') {
    const half = { input: base.input / 2 }
    tiers.push(['batch', { rates: ratesOf(completed(half, base), true) }])
  }
  return tiers
}

function rowOf(vendor, model, listed, entry) {
  const isClaude = /^(anthropic\/)?claude-/.test(model)
  const cost = listed?.cost?.input > 0 ? listed.cost : undefined
  const theirs = entry ? baseRates(entry) : null
  const units = entry ? defined(unitsOf(entry, vendor)) : {}
  const hasSearch = webSearchUsd[vendor] && (listed?.tool_call || entry?.supports_web_search)
  if (hasSearch && units.request === undefined) units.webSearch = webSearchUsd[vendor]
  const usd = cost ? merged(modelsDevRates(cost), theirs) : (theirs ?? { input: 0, output: 0 })
  const disagreement = cost && theirs ? disagreementOf(usd, theirs) : undefined
  // a tier's price beside another base price would be of another day
  const extra = disagreement === undefined ? entry : undefined
  const steps = stepsOfModel(cost, extra, usd, isClaude)
  const standard = { rates: ratesOf(usd, isClaude), ...(steps.length > 0 && { steps }) }
  const tiers = Object.fromEntries(
    tiersOf(vendor, extra, usd, isClaude).filter(
      ([, tier]) => JSON.stringify(tier) !== JSON.stringify(standard)
    )
  )
  const source = cost ? 'models.dev' : 'LiteLLM'
  return {
    model,
    ...standard,
    ...(Object.keys(tiers).length > 0 && { tiers }),
    ...(Object.keys(units).length > 0 && {
      units: Object.fromEntries(Object.entries(units).map(([name, price]) => [name, nanoUsd(price)]))
    }),
    source,
    date: dates[source],
    ...(disagreement && { disagreement })
  }
}

/** A price of 0 cannot be told from a missing one. */
const isPriced = ({ rates, units = {} }) => rates.input > 0 || Object.values(units).some((price) => price > 0)

/**
 * A pinned version at the price of its model needs no row of its own; where its tiers or pieces are not listed, those of the
 * model hold.
 */
function isRepeated(row, rows) {
  const name = row.model.replace(VERSION_DATE, '')
  const base = rows.get(name)
  if (row.model === name || base === undefined) return false
  const equal = (one, other) => JSON.stringify(one) === JSON.stringify(other)
  const within = (part) =>
    Object.entries(row[part] ?? {}).every(([name, value]) => equal(value, base[part]?.[name]))
  return (
    equal(row.rates, base.rates) &&
    (row.steps === undefined || equal(row.steps, base.steps)) &&
    within('tiers') &&
    within('units')
  )
}

function rowsOf(vendor, { modelsDev: name, prefix, providers, only = /./, listedOnly = false }) {
  const listed = modelsDev[name]
  const entries = new Map()
  for (const [key, entry] of Object.entries(litellm)) {
    const isOurs = providers.includes(entry.litellm_provider) && key.startsWith(prefix)
    const isCurrent = !(entry.deprecation_date < dates.LiteLLM) && !OTHER_MODES.has(entry.mode)
    const model = vendor === 'cohere' ? key.replace(/^cohere\//, '') : key.slice(prefix.length)
    if (isOurs && isCurrent && (listed[model] || !listedOnly)) entries.set(model, { ...entry, name: model })
  }
  const models = [...new Set([...Object.keys(listed), ...entries.keys()])].sort()
  const rows = new Map(
    models
      .filter((model) => only.test(model) && listed[model]?.status !== 'deprecated')
      // by size and quality of pictures: no id that a call could name
      .filter((model) => !/\d-x-\d|^(hd|standard|low|medium|high)\//.test(model))
      .map((model) => [model, rowOf(vendor, model, listed[model], entries.get(model))])
      .filter(([, row]) => isPriced(row))
  )
  return [...rows.values()].filter((row) => !isRepeated(row, rows))
}

const table = Object.entries(vendors).map(([vendor, sources]) => [vendor, rowsOf(vendor, sources)])
// one line a row, so that a change of a price is one line of a comparison
const written = table.map(
  ([vendor, rows]) =>
    `    ${JSON.stringify(vendor)}: [\n${rows.map((row) => `      ${JSON.stringify(row)}`).join(',\n')}\n    ]`
)
const unit = 'nano-USD per million tokens, nano-USD a piece'
writeFileSync(
  new URL('prices.json', import.meta.url),
  `{\n  "unit": ${JSON.stringify(unit)},\n  "vendors": {\n${written.join(',\n')}\n  }\n}\n`
)
for (const [vendor, rows] of table) {
  const disputed = rows.filter(({ disagreement }) => disagreement).length
  process.stdout.write(`${vendor}: ${rows.length} rows, ${disputed} that the sources do not agree on\n`)
}
process.stdout.write(`${table.reduce((sum, [, rows]) => sum + rows.length, 0)} rows\n`)
