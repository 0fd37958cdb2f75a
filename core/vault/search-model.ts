import type { SearchHit } from '../contract/knowledge.ts'
import type { ChatCall, ChatEvent } from '../providers/spec/chat.ts'
import type { ModelProvider, ProviderModel } from '../providers/spec/provider.ts'

export interface SearchModelOptions {
  /** Whether there is anything to search. While there is not, the model can be asked and is in no list. */
  hasSources(): boolean
}

const MOST_QUOTES = 5
const QUOTE_CHARS = 700

const model: ProviderModel = {
  id: 'search',
  name: 'Search in your notes (no language model)',
  contextTokens: null,
  abilities: { vision: false, tools: false, json: false, reasoning: false }
}

const nothingUsed = {
  input: { total: 0, noCache: 0, cacheRead: 0, cacheWrite5m: 0, cacheWrite1h: 0 },
  output: { total: 0, text: 0, reasoning: 0 }
}

/**
 * `homeport/search`: answers with the passages that were found in the person's notes, quoted and numbered. Needs no provider
 * and no download, costs nothing, and says that it is no language model.
 */
export function createSearchModel({ hasSources }: SearchModelOptions): ModelProvider {
  return {
    id: 'homeport',
    name: 'Homeport',
    kind: 'search',
    onDevice: true,
    pricing: 'free',
    quotesPassages: true,
    listModels: () => (hasSources() ? [model] : []),
    async chat(call) {
      return {
        wireDialect: null,
        headers: {},
        warnings: droppedBy(call),
        events: inOrder(textsOf(call.passages ?? [], hasSources()))
      }
    }
  }
}

async function* inOrder(texts: readonly string[]): AsyncGenerator<ChatEvent> {
  for (const text of texts) yield { parts: [{ type: 'text-delta', text }] }
  yield {
    parts: [
      { type: 'usage', usage: nothingUsed },
      { type: 'finish', reason: 'stop' }
    ]
  }
}

function droppedBy({ request }: ChatCall): string[] {
  const { tools = [], output } = request()
  return [
    ...(tools.length > 0 ? ['tools was dropped: a search calls none'] : []),
    ...(output === 'text' ? [] : ['the format was dropped: a search quotes'])
  ]
}

function textsOf(passages: readonly SearchHit[], hasSources: boolean): string[] {
  if (!hasSources)
    return [
      'There is nothing to search yet. Add a folder of notes to Homeport under Knowledge, or with `homeport vault add FOLDER`. This is a search, not a language model.'
    ]
  if (passages.length === 0)
    return [
      'Nothing in your notes is near enough to this question. This is a search, not a language model: try the words that the note itself would use.'
    ]
  const quotes = passages.slice(0, MOST_QUOTES)
  const count = quotes.length === 1 ? 'This passage is' : `These ${quotes.length} passages are`
  return [
    `${count} nearest to your question. This is a search of your notes, not a language model: nothing is summed up, and nothing is added.`,
    ...quotes.map((passage, index) => `\n\n${quoted(passage, index + 1)}`)
  ]
}

function quoted(passage: SearchHit, number: number): string {
  const { title, headings, path, page } = passage
  const place = [title, ...headings].join(' › ')
  const where = page === null ? path : `${path}, page ${page}`
  const lines = excerptOf(passage)
    .split('\n')
    .map((line) => `> ${line}`.trimEnd())
  return `**${place}** (${where}) [${number}]\n\n${lines.join('\n')}`
}

/** The part of a passage where most of what was asked for stands, in whole words. */
function excerptOf({ text, highlights }: SearchHit): string {
  if (text.length <= QUOTE_CHARS) return text.trim()
  const starts = [0, ...highlights.map(([from]) => Math.max(0, from - 80))]
  const marksFrom = (start: number): number =>
    highlights.filter(([from, until]) => from >= start && until <= start + QUOTE_CHARS).length
  const best = starts.reduce((found, start) => (marksFrom(start) > marksFrom(found) ? start : found), 0)
  const from = best === 0 ? 0 : text.indexOf(' ', best) + 1
  const until = from + QUOTE_CHARS
  const end = until >= text.length ? text.length : Math.max(text.lastIndexOf(' ', until), from + 1)
  return `${from > 0 ? '… ' : ''}${text.slice(from, end).trim()}${end < text.length ? ' …' : ''}`
}
