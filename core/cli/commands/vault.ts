import { resolve } from 'node:path'
import type { Source } from '../../contract/knowledge.ts'
import { type CommandInput, dataDirOption, defineCommand, jsonOption } from '../command.ts'
import { type Connection, withConnection } from '../connect.ts'
import { findSource } from '../find-source.ts'
import { confirmCost } from '../index-cost.ts'
import { indexHere } from '../index-here.ts'
import { stateWords } from '../source-words.ts'
import { printable } from '../table.ts'

const addOptions = {
  id: { type: 'string', value: 'ID', help: 'what scopes call it (default: made from the folder)' },
  name: { type: 'string', value: 'NAME', help: 'what people call it (default: as the folder)' },
  embedder: {
    type: 'string',
    value: 'PROVIDER/MODEL',
    help: 'what finds passages by their meaning (default: built-in)'
  },
  exclude: {
    type: 'string',
    multiple: true,
    value: 'PATTERN',
    help: 'what is left out, as in a .gitignore (repeated)'
  },
  yes: { type: 'boolean', help: 'an embedder that costs money may be used' },
  ...dataDirOption,
  ...jsonOption
} as const

export const vaultAddCommand = defineCommand({
  name: 'vault add',
  summary: 'make an Obsidian vault, or any folder, searchable; nothing in it is changed',
  args: ['FOLDER'],
  options: addOptions,
  examples: [
    'homeport vault add ~/Documents/Notes',
    'homeport vault add ./papers --name Papers --exclude drafts/ --exclude "*.html"',
    'homeport vault add ~/Notes --embedder openai/text-embedding-3-small'
  ],
  run: ({ args: [typed = ''], values, terminal, host }) =>
    withConnection(values, host, async (connection) => {
      const folder = resolve(typed)
      const costConfirmed = await confirmCost(connection, { folder, ...values }, { terminal, host })
      if (costConfirmed === null) return 1
      const body = { ...sourceOf(folder, values), costConfirmed }
      const added = await connection.invoke('POST /app/knowledge/sources', { body })
      if (!values.json) terminal.note(printable(`Added ${added.name} as "${added.id}".`))
      return finish(connection, added, values.json === true, { terminal, host })
    })
})

export const vaultListCommand = defineCommand({
  name: 'vault list',
  summary: 'list the folders that are searched',
  args: [],
  options: { ...dataDirOption, ...jsonOption },
  examples: ['homeport vault list', 'homeport vault list --json'],
  run: ({ values, terminal, host }) =>
    withConnection(values, host, async (connection) => {
      const answer = await connection.invoke('GET /app/knowledge/sources')
      if (values.json) terminal.json(answer)
      else if (answer.sources.length === 0)
        terminal.line('No folders yet. Add one with: homeport vault add FOLDER')
      else
        terminal.table(
          ['Id', 'Name', 'Kind', 'State', 'Files', 'Failed', 'Folder'],
          answer.sources.map((source) => row(source, connection))
        )
      return 0
    })
})

export const vaultRescanCommand = defineCommand({
  name: 'vault rescan',
  summary: 'compare a folder with its index now',
  args: ['ID'],
  options: { ...dataDirOption, ...jsonOption },
  examples: ['homeport vault rescan notes'],
  run: ({ args: [typed = ''], values, terminal, host }) =>
    withConnection(values, host, async (connection) => {
      const { sources } = await connection.invoke('GET /app/knowledge/sources')
      const source = findSource(sources, typed)
      if (connection.daemon)
        await connection.invoke('POST /app/knowledge/sources/:id/rescan', paramsOf(source))
      return finish(connection, source, values.json === true, { terminal, host })
    })
})

export const vaultRemoveCommand = defineCommand({
  name: 'vault rm',
  summary: 'forget a folder and its index; the folder stays as it is',
  args: ['ID'],
  options: dataDirOption,
  examples: ['homeport vault rm notes'],
  run: ({ args: [typed = ''], values, terminal, host }) =>
    withConnection(values, host, async (connection) => {
      const { sources } = await connection.invoke('GET /app/knowledge/sources')
      const source = findSource(sources, typed)
      await connection.invoke('DELETE /app/knowledge/sources/:id', paramsOf(source))
      terminal.line(printable(`Forgot ${source.name}. Its folder is as it was.`))
      return 0
    })
})

type AddValues = CommandInput<typeof addOptions>['values']

const sourceOf = (folder: string, { id, name, embedder, exclude }: AddValues) => ({
  folder,
  ...(id !== undefined && { id }),
  ...(name !== undefined && { name }),
  ...(embedder !== undefined && { embedder }),
  ...(exclude !== undefined && { excludes: exclude })
})

/** A daemon indexes by itself; where none runs this process does, and takes the time. */
async function finish(
  connection: Connection,
  source: Source,
  asJson: boolean,
  { terminal, host }: Pick<CommandInput<typeof addOptions>, 'terminal' | 'host'>
): Promise<number> {
  if (connection.daemon) {
    if (asJson) terminal.json(source)
    else terminal.line(`It is being indexed. See how far it is: homeport vault status ${source.id} --follow`)
    return 0
  }
  const { source: now, exitCode } = await indexHere(connection, source.id, host)
  if (asJson) terminal.json(now)
  else if (exitCode === 0)
    terminal.line(`${now.documents} files are indexed. Search them: homeport search "..." --in ${now.id}`)
  return exitCode
}

const paramsOf = ({ id }: Source) => ({ params: { id } })

const row = (source: Source, { daemon }: Connection): string[] => [
  source.id,
  source.name,
  source.kind,
  // without a daemon nobody watches it
  daemon === null && source.state === 'waiting' ? 'resting' : stateWords(source),
  String(source.documents),
  String(source.failures),
  source.folder
]
