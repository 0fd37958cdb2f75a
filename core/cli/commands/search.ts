import type { SearchHit } from '../../contract/knowledge.ts'
import { dataDirOption, defineCommand, jsonOption } from '../command.ts'
import { withConnection } from '../connect.ts'
import { printable } from '../table.ts'
import { UsageError } from '../usage-error.ts'

const EXCERPT_CHARS = 240

export const searchCommand = defineCommand({
  name: 'search',
  summary: 'find passages in your notes and files',
  args: ['WORDS...'],
  options: {
    in: {
      type: 'string',
      multiple: true,
      value: 'SCOPE',
      help: 'only there: SOURCE, SOURCE/Folder, SOURCE#tag (repeated)'
    },
    limit: { type: 'string', value: 'N', help: 'how many passages at most (default: 10)' },
    ...dataDirOption,
    ...jsonOption
  },
  examples: [
    'homeport search "how long does the dough rest"',
    'homeport search tag:recipe bread --in vault/Food --json'
  ],
  run: ({ args, values, terminal, host }) => {
    const limit = values.limit ?? '10'
    if (!/^\d{1,3}$/.test(limit)) throw new UsageError('--limit takes a number.')
    return withConnection(values, host, async (connection) => {
      const answer = await connection.invoke('GET /app/search', {
        query: { q: args.join(' '), limit, in: values.in?.join(',') }
      })
      if (values.json) terminal.json(answer)
      else {
        for (const [index, hit] of answer.hits.entries()) terminal.line(described(hit, index + 1))
        if (answer.hits.length === 0) terminal.line(nothing(answer.belowFloor))
        for (const { sourceId, message } of answer.problems) terminal.note(`${sourceId}: ${message}`)
      }
      return answer.hits.length === 0 ? 1 : 0
    })
  }
})

const nothing = (belowFloor: boolean): string =>
  belowFloor ? 'Nothing near enough was found.' : 'Nothing was found.'

function described({ sourceId, path, title, headings, page, text }: SearchHit, number: number): string {
  const place = [title, ...headings].join(' › ')
  const file = page === null ? `${sourceId}/${path}` : `${sourceId}/${path}, page ${page}`
  const words = text.replace(/\s+/g, ' ').trim()
  const excerpt = words.length > EXCERPT_CHARS ? `${words.slice(0, EXCERPT_CHARS).trimEnd()}…` : words
  return [`${number}. ${printable(place)}`, `   ${printable(file)}`, `   ${printable(excerpt)}`, ''].join(
    '\n'
  )
}
