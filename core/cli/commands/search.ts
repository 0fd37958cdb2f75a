import type { SearchAnswer, SearchHit } from '../../contract/knowledge.ts'
import { dataDirOption, defineCommand, jsonOption } from '../command.ts'
import { type Connection, withConnection } from '../connect.ts'
import { excerpt } from '../excerpt.ts'
import { isUnderWay } from '../source-words.ts'
import { printable } from '../table.ts'
import type { Terminal } from '../terminal.ts'
import { UsageError } from '../usage-error.ts'

const EXCERPT_CHARS = 300

export const searchCommand = defineCommand({
  name: 'search',
  summary: 'find passages in your notes and files',
  args: ['WORDS...'],
  options: {
    in: {
      type: 'string',
      multiple: true,
      value: 'SCOPE',
      help: 'only there: vault, vault/Projects, vault#tag (repeated; default: all)'
    },
    kind: { type: 'string', value: 'KIND', help: 'only markdown, pdf, canvas, html, text, code …' },
    limit: { type: 'string', value: 'N', help: 'how many passages at most (default: 10)' },
    why: { type: 'boolean', help: 'say of each passage why it stands there' },
    ...dataDirOption,
    ...jsonOption
  },
  examples: [
    'homeport search how long does the dough rest',
    'homeport search tag:recipe bread last week --in vault/Food',
    'homeport search \'"exact words"\' --kind pdf --json'
  ],
  async run({ args, values, terminal, host }) {
    const limit = readLimit(values.limit)
    const kind = await readKind(values.kind)
    const scopes = values.in && (await readScopes(values.in))
    const query = { q: args.join(' '), in: scopes?.join(','), kind, limit }
    return withConnection(values, host, async (connection) => {
      const answer = await connection.invoke('GET /app/search', { query })
      if (values.json) terminal.json(answer)
      else if (answer.hits.length === 0) terminal.line(await nothingFound(connection, answer))
      else
        for (const [index, hit] of answer.hits.entries())
          printHit(hit, index + 1, values.why === true, terminal)
      for (const { sourceId, message } of values.json ? [] : answer.problems)
        terminal.note(printable(`${sourceId}: ${message}`))
      // whether it is there was not to be found out
      return answer.hits.length === 0 && answer.problems.length > 0 ? 1 : 0
    })
  }
})

function printHit(hit: SearchHit, number: number, withReason: boolean, terminal: Terminal): void {
  const { sourceId, path, page, title, headings, text, highlights, obsidianUrl } = hit
  const place = printable([title, ...headings].join(' › '))
  const file = printable(page === null ? `${sourceId}/${path}` : `${sourceId}/${path}, page ${page}`)
  const words = excerpt(text, highlights, EXCERPT_CHARS).map(({ text: piece, marked }) =>
    marked ? terminal.styled('yellow', printable(piece)) : printable(piece)
  )
  const dim = [
    file,
    ...(obsidianUrl === null ? [] : [printable(obsidianUrl)]),
    ...(withReason ? [printable(reasonText(hit))] : [])
  ]
  terminal.line(`${String(number).padStart(2)}  ${terminal.styled('bold', place)}`)
  terminal.line(`    ${words.join('')}`)
  for (const line of dim) terminal.line(`    ${terminal.styled('dim', line)}`)
  terminal.line('')
}

/** `0.91 = words 0.45 + meaning 0.40 + links 0.06 (BM25 8.1, cosine 0.62; bread, dough)` */
function reasonText({ score, why }: SearchHit): string {
  const { words, meaning, links, recency, reranker, diversity, bm25, cosine, matchedWords } = why
  const shares = Object.entries({ words, meaning, links, recency, diversity, reranker })
    .filter(([name, share]) => typeof share === 'number' && (share !== 0 || name === 'words'))
    .map(([name, share]) => `${name} ${share?.toFixed(2)}`)
  const raw = [
    ...(bm25 === null ? [] : [`BM25 ${bm25.toFixed(1)}`]),
    ...(cosine === null ? [] : [`cosine ${cosine.toFixed(2)}`])
  ].join(', ')
  const basis = [raw, matchedWords.join(', ')].filter((part) => part !== '').join('; ')
  return `${score.toFixed(2)} = ${shares.join(' + ')}${basis === '' ? '' : ` (${basis})`}`
}

/** Says what can be done about it, too. */
async function nothingFound(connection: Connection, { belowFloor }: SearchAnswer): Promise<string> {
  const { sources } = await connection.invoke('GET /app/knowledge/sources')
  if (sources.length === 0)
    return 'There is nothing to search yet. Add a folder with: homeport vault add FOLDER'
  const nothing = belowFloor ? 'Nothing was found that is near enough.' : 'Nothing was found.'
  const waiting = sources.filter((source) => isUnderWay(source) || source.completeAt === null)
  if (waiting.length === 0) return nothing
  return `${nothing} Not indexed to the end yet: ${waiting.map(({ id }) => id).join(', ')}`
}

function readLimit(typed = '10'): number {
  if (!/^[1-9]\d{0,2}$/.test(typed) || Number(typed) > 100)
    throw new UsageError('--limit takes a number from 1 to 100.')
  return Number(typed)
}

async function readKind(typed: string | undefined) {
  const { documentKinds } = await import('../../contract/knowledge.ts')
  const kind = documentKinds.find((known) => known === typed)
  if (typed !== undefined && kind === undefined)
    throw new UsageError(`--kind takes one of: ${documentKinds.join(', ')}.`)
  return kind
}

/** Several may stand in one word, with commas between them. */
async function readScopes(typed: readonly string[]): Promise<string[]> {
  const { readScope, splitScopes } = await import('../../contract/knowledge-scopes.ts')
  const scopes = typed.flatMap(splitScopes)
  const unread = scopes.find((text) => readScope(text) === null)
  if (unread !== undefined)
    throw new UsageError(`--in takes a source, source/Folder or source#tag, not "${unread}".`)
  return scopes
}
