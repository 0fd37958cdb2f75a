import { resolve } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import type { Source } from '../../contract/knowledge.ts'
import { HomeportError } from '../../errors/homeport-error.ts'
import { dataDirOption, defineCommand, jsonOption } from '../command.ts'
import { type Connection, withConnection } from '../connect.ts'
import { localTime } from '../local-time.ts'

const POLL_MS = 200

export const vaultAddCommand = defineCommand({
  name: 'vault add',
  summary: 'make a vault of Obsidian, or any folder, searchable',
  args: ['FOLDER'],
  options: {
    id: { type: 'string', value: 'ID', help: 'its name in scopes (default: made from the folder)' },
    name: { type: 'string', value: 'NAME', help: 'its name for people' },
    embedder: {
      type: 'string',
      value: 'PROVIDER/MODEL',
      help: 'what turns passages into vectors (default: built-in)'
    },
    exclude: { type: 'string', multiple: true, value: 'PATTERN', help: 'as in a .gitignore (repeated)' },
    'accept-cost': { type: 'boolean', help: 'an embedder that costs money may be used' },
    ...dataDirOption,
    ...jsonOption
  },
  examples: [
    'homeport vault add ~/Documents/Notes',
    'homeport vault add ./papers --name Papers --exclude "drafts/"'
  ],
  run: ({ args: [folder = ''], values, terminal, host }) =>
    withConnection(values, host, async (connection) => {
      const source = await connection.invoke('POST /app/knowledge/sources', {
        body: {
          folder: resolve(folder),
          costConfirmed: values['accept-cost'] ?? false,
          ...(values.id !== undefined && { id: values.id }),
          ...(values.name !== undefined && { name: values.name }),
          ...(values.embedder !== undefined && { embedder: values.embedder }),
          ...(values.exclude && { excludes: values.exclude })
        }
      })
      const added = connection.daemon
        ? await indexed(connection, source, (line) => terminal.note(line))
        : source
      if (values.json) terminal.json(added)
      else {
        terminal.line(`Added ${added.name} as "${added.id}".`)
        terminal.note(
          connection.daemon
            ? `Search it with: homeport search "..." --in ${added.id}`
            : 'It is indexed as soon as Homeport runs: homeport serve'
        )
      }
      return added.state === 'failed' ? 1 : 0
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
      else terminal.table(['Id', 'Name', 'State', 'Files', 'Failed', 'Folder'], answer.sources.map(row))
      return 0
    })
})

export const vaultRemoveCommand = defineCommand({
  name: 'vault rm',
  summary: 'forget a folder and its index; the folder stays as it is',
  args: ['ID'],
  options: dataDirOption,
  examples: ['homeport vault rm notes'],
  run: ({ args: [id = ''], values, terminal, host }) =>
    withConnection(values, host, async (connection) => {
      await connection.invoke('DELETE /app/knowledge/sources/:id', { params: { id } })
      terminal.line(`Forgot ${id}. Its folder is as it was.`)
      return 0
    })
})

export const vaultStatusCommand = defineCommand({
  name: 'vault status',
  summary: 'show how far each folder is indexed, and what could not be read',
  args: ['[ID]'],
  options: { ...dataDirOption, ...jsonOption },
  examples: ['homeport vault status', 'homeport vault status notes --json'],
  run: ({ args: [id], values, terminal, host }) =>
    withConnection(values, host, async (connection) => {
      const { sources } = await connection.invoke('GET /app/knowledge/sources')
      const wanted = id === undefined ? sources : [find(sources, id)]
      if (values.json) {
        terminal.json(id === undefined ? { sources: wanted } : wanted[0])
        return 0
      }
      if (wanted.length === 0) terminal.line('No folders yet. Add one with: homeport vault add FOLDER')
      for (const [index, source] of wanted.entries()) {
        if (index > 0) terminal.line('')
        terminal.facts(factsOf(source))
        if (source.failures > 0) terminal.facts(await failuresOf(connection, source))
      }
      return 0
    })
})

/** Waits until a folder is indexed, saying how far it is. The daemon goes on where this ends before. */
async function indexed(connection: Connection, added: Source, say: (line: string) => void): Promise<Source> {
  let source = added
  let said = ''
  while (source.state === 'waiting' || source.state === 'indexing') {
    const line = progressOf(source)
    if (line !== '' && line !== said) say(line)
    said = line
    await delay(POLL_MS)
    const { sources } = await connection.invoke('GET /app/knowledge/sources')
    source = find(sources, added.id)
  }
  return source
}

function find(sources: readonly Source[], id: string): Source {
  const source = sources.find((candidate) => candidate.id === id)
  if (source) return source
  throw new HomeportError('not-found', `There is no source "${id}".`, { action: 'See: homeport vault list' })
}

function progressOf({ progress }: Source): string {
  if (!progress) return ''
  const { step, done, total, perSecond, secondsLeft } = progress
  const left = secondsLeft === null ? '' : `, ${Math.ceil(secondsLeft)} s left`
  return `${step} ${done} of ${total} (${Math.round(perSecond)}/s${left})`
}

const row = ({ id, name, state, documents, failures, folder }: Source): string[] => [
  id,
  name,
  state,
  String(documents),
  String(failures),
  folder
]

const factsOf = (source: Source): [string, string][] => [
  ['id', source.id],
  ['folder', source.folder],
  ['state', [source.state, source.problem, progressOf(source)].filter(Boolean).join(': ')],
  ['files', `${source.documents} in ${source.chunks} passages, ${source.failures} failed`],
  ['without vectors', String(source.chunksWithoutVector)],
  ['embedder', source.embedder],
  ['index', `${(source.indexBytes / 1e6).toFixed(1)} MB`],
  ['complete', source.completeAt === null ? 'not yet' : localTime(source.completeAt)]
]

async function failuresOf(connection: Connection, { id }: Source): Promise<[string, string][]> {
  const { files } = await connection.invoke('GET /app/knowledge/sources/:id/files', {
    params: { id },
    query: { status: 'failed', limit: '20' }
  })
  return files.map(({ path, reason }) => ['failed', `${path}: ${reason ?? 'unknown'}`])
}
