// Makes models.json from a flattened copy of the models.dev repository (https://models.dev, MIT):
//   node resources/models/build-models.mjs <models-dev-YYYY-MM-DD.json>
// That copy lacks what an entry leaves to the model it is based on. It is taken from the other entries of the same model:
// what most of them say.
import { readFileSync, writeFileSync } from 'node:fs'
import { basename } from 'node:path'

/** Where the source has each vendor's models; the first that lists one counts. */
const VENDORS = {
  openai: ['openai'],
  azure: ['azure'],
  anthropic: ['anthropic'],
  google: ['google'],
  mistral: ['mistral'],
  groq: ['groq'],
  deepseek: ['deepseek'],
  xai: ['xai'],
  openrouter: ['openrouter'],
  together: ['togetherai'],
  fireworks: ['fireworks-ai'],
  cerebras: ['cerebras'],
  perplexity: ['perplexity'],
  moonshotai: ['moonshotai', 'moonshotai-cn'],
  zai: ['zai', 'zhipuai'],
  qwen: ['alibaba', 'alibaba-cn'],
  nvidia: ['nvidia'],
  huggingface: ['huggingface'],
  'github-copilot': ['github-copilot'],
  cohere: ['cohere']
}
/** It sets limits of its own, which say nothing of the model elsewhere. */
const OWN_LIMITS = 'github-copilot'
const COLUMNS = ['model', 'contextTokens', 'maxOutputTokens', 'vision', 'tools', 'json', 'reasoning']
const NOT_CHAT =
  /embed|image|imagine|tts|whisper|transcri|realtime|livetranslate|guard|safety|bge-|rerank|ocr|lyria|flux|detect|validate/i
/** A pinned version, `gpt-4o-2024-08-06` or `claude-opus-4-5-20251101`, found again by the name without it. */
const VERSION_DATE = /-(\d{4}-\d\d-\d\d|\d{8})$/
/** Where Biome breaks lines. */
const LINE_WIDTH = 110

const [sourcePath] = process.argv.slice(2)
const date = /\d{4}-\d\d-\d\d/.exec(basename(sourcePath ?? ''))?.[0]
if (!date) throw new Error('usage: build-models.mjs <models-dev-YYYY-MM-DD.json>')
const source = JSON.parse(readFileSync(sourcePath, 'utf8'))

/** The same for `anthropic/claude-opus-4.5:free` and `claude-opus-4-5-20251101`. */
const sameName = (id) =>
  id
    .toLowerCase()
    .replace(/^.*\//, '')
    .replace(/:[a-z]+$/, '')
    .replace(VERSION_DATE, '')
    .replaceAll('.', '-')

const ours = new Set(Object.values(VENDORS).flat())
/** By the name of the model, whoever offers it. */
const entriesOf = Map.groupBy(
  Object.entries(source).flatMap(([vendor, models]) =>
    vendor === OWN_LIMITS
      ? []
      : Object.entries(models).map(([id, entry]) => ({
          ...entry,
          name: sameName(id),
          isOurs: ours.has(vendor)
        }))
  ),
  ({ name }) => name
)

/**
 * What most entries say that say anything, those of the vendors above before all others. Of values said equally often the
 * largest: a model that is asked in vain says so, one that is left out cannot.
 */
function mostSaid(entries, read) {
  const saying = entries.filter((entry) => read(entry) !== undefined)
  const trusted = saying.filter(({ isOurs }) => isOurs)
  const votes = [...Map.groupBy(trusted.length > 0 ? trusted : saying, read)]
  return votes.sort(([a, one], [b, other]) => other.length - one.length || (a > b ? -1 : 1))[0]?.[0]
}

const contextOf = ({ limit }) => limit?.context || undefined
const inputOf = ({ limit }) => limit?.input || undefined
const outputOf = ({ limit }) => limit?.output || undefined
const answersOf = ({ modalities }) => modalities?.output?.join()
const visionOf = ({ modalities }) => modalities?.input?.includes('image')
const toolsOf = ({ tool_call: tools }) => tools
const jsonOf = ({ structured_output: structured }) => structured
const reasoningOf = ({ reasoning }) => reasoning

/** How long a prompt may be: the window, or the limit of the prompt where there is one below it. */
function promptTokens(entry, others) {
  const context = contextOf(entry) ?? mostSaid(others, contextOf)
  // a window of the vendor's own comes with a limit of its own, or none
  const alike = others.filter((other) => contextOf(other) === context)
  const input = inputOf(entry) ?? (contextOf(entry) ? undefined : mostSaid(alike, inputOf))
  return input && context ? Math.min(input, context) : context
}

/** What one vendor denies and another affirms of the same model is not known. */
function ability(entry, others, read) {
  const can = read(entry) ?? mostSaid(others, read)
  return can === false && others.some((other) => other.isOurs && read(other)) ? undefined : can
}

function factsOf(id, entry) {
  const others = entriesOf.get(sameName(id)) ?? []
  return {
    answers: answersOf(entry) ?? mostSaid(others, answersOf) ?? 'text',
    contextTokens: promptTokens(entry, others),
    maxOutputTokens: outputOf(entry) ?? mostSaid(others, outputOf),
    vision: ability(entry, others, visionOf),
    tools: ability(entry, others, toolsOf),
    // what cannot be held to a schema may still be asked for JSON: only that it can is worth knowing
    json: ability(entry, others, jsonOf) || undefined,
    reasoning: ability(entry, others, reasoningOf)
  }
}

/** A pinned version that is as its model is needs no row of its own. */
function isRepeated([id, ...facts], rows) {
  const base = rows.find(([other]) => other === id.replace(VERSION_DATE, '') && other !== id)
  return base !== undefined && JSON.stringify(base.slice(1)) === JSON.stringify(facts)
}

function rowsOf(names) {
  const entries = new Map(names.toReversed().flatMap((name) => Object.entries(source[name])))
  const rows = [...entries]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .flatMap(([id, entry]) => {
      const facts = { model: id, ...factsOf(id, entry) }
      const chats = !NOT_CHAT.test(id) && /\btext\b/.test(facts.answers)
      return chats && facts.contextTokens ? [COLUMNS.map((column) => facts[column] ?? null)] : []
    })
  return rows.filter((row) => !isRepeated(row, rows))
}

/** A list as Biome formats it: in one line if it fits there together with a comma. */
function written(values, indent) {
  const items = values.map((value) => JSON.stringify(value))
  const line = `${indent}[${items.join(', ')}]`
  if (line.length < LINE_WIDTH) return line
  return `${indent}[\n${indent}  ${items.join(`,\n${indent}  `)}\n${indent}]`
}

const vendors = Object.entries(VENDORS).map(([vendor, names]) => [vendor, rowsOf(names)])
const lists = vendors.map(([vendor, rows]) => {
  const lines = rows.map((row) => written(row, '      '))
  return `    "${vendor}": [\n${lines.join(',\n')}\n    ]`
})
writeFileSync(
  new URL('models.json', import.meta.url),
  `{
  "source": "models.dev",
  "date": "${date}",
  "columns": ${written(COLUMNS, '')},
  "vendors": {
${lists.join(',\n')}
  }
}
`
)
process.stdout.write(`${vendors.reduce((sum, [, rows]) => sum + rows.length, 0)} models\n`)
