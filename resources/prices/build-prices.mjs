// Makes prices.json from a flattened copy of the models.dev repository (https://models.dev, MIT):
//   node resources/prices/build-prices.mjs <models-dev-YYYY-MM-DD.json>
// Source prices are USD per million tokens; ours are integer nano-USD per million tokens.
import { readFileSync, writeFileSync } from 'node:fs'
import { basename } from 'node:path'

/** Whose prices are taken, and for which of their models. Vendors that also charge per request are left out. */
const VENDORS = {
  openai: /^(gpt-3\.5-turbo|gpt-4|gpt-5|o\d)/,
  anthropic: /^claude-/,
  google: /^gemini-/,
  mistral: /^(mistral-(large|medium|small)|codestral|devstral|ministral|magistral)/,
  groq: /./,
  deepseek: /./,
  xai: /^grok-/,
  openrouter: new RegExp(
    [
      '^anthropic/claude-(sonnet|opus|haiku)-(4\\.\\d|5)$',
      '^openai/(gpt-5(\\.[1-9])?(-mini|-nano)?|gpt-4o(-mini)?|gpt-oss-\\d+b)$',
      '^google/gemini-[\\d.]+-(pro|flash|flash-lite)(-preview)?$',
      '^deepseek/deepseek-(v[\\d.]+(-pro|-flash)?|r1)$',
      '^meta-llama/llama-(3\\.3-70b-instruct|4-maverick|4-scout)$',
      '^(qwen/qwen3[\\d.]*-(max|plus|coder)|x-ai/grok-4\\.\\d+|moonshotai/kimi-k2\\.\\d)$',
      '^(mistralai/mistral-(large|small)-\\d+|z-ai/glm-(4\\.[67]|5[\\d.]*)|minimax/minimax-m[23][\\d.]*)$'
    ].join('|')
  ),
  together: /./,
  fireworks: /^accounts\/fireworks\/models\//,
  cerebras: /./,
  moonshotai: /^kimi-k2\.\d/,
  zai: /^glm-(4\.[67]|5)/
}
/** Where the source calls a vendor something else than we do. */
const SOURCE_NAMES = { together: 'togetherai', fireworks: 'fireworks-ai' }
const NOT_CHAT = /embed|image|tts|whisper|guard|orpheus|compound|deep-research/
/** A pinned version, `gpt-4o-2024-08-06` or `claude-opus-4-5-20251101`, found again by the name without it. */
const VERSION_DATE = /-(\d{4}-\d\d-\d\d|\d{8})$/

const [sourcePath] = process.argv.slice(2)
const date = /\d{4}-\d\d-\d\d/.exec(basename(sourcePath ?? ''))?.[0]
if (!date) throw new Error('usage: build-prices.mjs <models-dev-YYYY-MM-DD.json>')
const source = JSON.parse(readFileSync(sourcePath, 'utf8'))

const nanoUsd = (usd) => Math.round(usd * 1e9)

/**
 * Every rate is written out. A cache read that the vendor gives no lower price for (absent, or 0 beside a price for
 * input) costs as much as input; a cache write never costs less. Claude's one-hour writes cost twice the input price
 * (https://docs.anthropic.com, prompt caching); the source has only the five-minute ones.
 */
function ratesOf(isClaude, cost) {
  const write = Math.max(cost.cache_write ?? 0, cost.input)
  return {
    input: nanoUsd(cost.input),
    cacheRead: nanoUsd(cost.cache_read || cost.cached_input || cost.input),
    cacheWrite5m: nanoUsd(write),
    cacheWrite1h: nanoUsd(isClaude ? 2 * cost.input : write),
    output: nanoUsd(cost.output)
  }
}

function rowOf(vendor, id, cost) {
  const isClaude = vendor === 'anthropic' || id.startsWith('anthropic/')
  const tiers = cost.tiers ?? []
  if (tiers.length > 1) throw new Error(`${vendor}/${id} has more than one size of long prompts`)
  const longContext = tiers.map(({ tier, ...rates }) => ({
    aboveInputTokens: tier.size,
    rates: ratesOf(isClaude, rates)
  }))[0]
  return {
    vendor,
    model: id,
    rates: ratesOf(isClaude, cost),
    ...(longContext ? { longContext } : {}),
    source: 'models.dev',
    date
  }
}

const isTaken = ([id, model], pattern) =>
  pattern.test(id) &&
  !NOT_CHAT.test(id) &&
  model.status !== 'deprecated' &&
  (model.modalities?.output ?? ['text']).join() === 'text' &&
  model.cost?.input > 0 && // a price of 0 cannot be told from a missing one
  model.cost.output > 0

/** A pinned version at the price of its model needs no row of its own. */
function isRepeated(row, rows) {
  const name = row.model.replace(VERSION_DATE, '')
  const base = rows.find(({ model }) => model === name && model !== row.model)
  const price = ({ rates, longContext }) => JSON.stringify([rates, longContext])
  return base !== undefined && price(base) === price(row)
}

const rows = Object.entries(VENDORS).flatMap(([vendor, pattern]) => {
  const all = Object.entries(source[SOURCE_NAMES[vendor] ?? vendor])
    .filter((entry) => isTaken(entry, pattern))
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([id, { cost }]) => rowOf(vendor, id, cost))
  return all.filter((row) => !isRepeated(row, all))
})

const table = { unit: 'nano-USD per million tokens', rows }
writeFileSync(new URL('prices.json', import.meta.url), `${JSON.stringify(table, null, 2)}\n`)
process.stdout.write(`${rows.length} rows\n`)
