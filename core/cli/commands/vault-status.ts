import type { Source, SourceFile } from '../../contract/knowledge.ts'
import { size } from '../amounts.ts'
import type { CliHost } from '../cli-host.ts'
import { dataDirOption, defineCommand, jsonOption } from '../command.ts'
import { type Connection, withConnection } from '../connect.ts'
import { findSource } from '../find-source.ts'
import { followSources } from '../follow-sources.ts'
import { localTime } from '../local-time.ts'
import { notRunning } from '../not-running.ts'
import { sourceProgress } from '../source-progress.ts'
import { stateWords } from '../source-words.ts'
import { printable } from '../table.ts'
import type { Terminal } from '../terminal.ts'
import { EXIT_INTERRUPTED } from '../turn.ts'

/** Files that could not be read, of each folder. */
const MOST_FAILED = 20

export const vaultStatusCommand = defineCommand({
  name: 'vault status',
  summary: 'show how far folders are indexed, and what could not be read',
  args: ['[ID]'],
  options: {
    follow: { type: 'boolean', help: 'wait until all is indexed, and show how far it is' },
    ...dataDirOption,
    json: { ...jsonOption.json, help: 'print one JSON document; with --follow, one a line' }
  },
  examples: ['homeport vault status', 'homeport vault status notes --follow', 'homeport vault status --json'],
  run: ({ args: [typed], values, terminal, host }) =>
    withConnection(values, host, async (connection) => {
      const { sources: all } = await connection.invoke('GET /app/knowledge/sources')
      const wanted = typed === undefined ? all : [findSource(all, typed)]
      if (!values.follow) {
        await print(connection, wanted, values.json === true, terminal)
        return 0
      }
      if (connection.daemon === null) throw notRunning()
      const ids = new Set(wanted.map(({ id }) => id))
      const progress = showProgress(values.json === true, terminal, host)
      const { sources, interrupted } = await followSources(connection, ({ id }) => ids.has(id), {
        show: progress.show
      }).finally(progress.end)
      if (interrupted) return EXIT_INTERRUPTED
      if (!values.json) await print(connection, sources, false, terminal)
      return sources.some(({ state }) => state === 'failed' || state === 'missing') ? 1 : 0
    })
})

function showProgress(asJson: boolean, terminal: Terminal, { stderr }: CliHost) {
  if (!asJson) return sourceProgress(stderr)
  return { show: (sources: readonly Source[]) => terminal.line(JSON.stringify({ sources })), end() {} }
}

async function print(
  connection: Connection,
  sources: readonly Source[],
  asJson: boolean,
  terminal: Terminal
): Promise<void> {
  const shown: (Source & { failed: SourceFile[] })[] = []
  for (const source of sources) shown.push({ ...source, failed: await failedIn(connection, source) })
  if (asJson) terminal.json({ sources: shown })
  else if (shown.length === 0) terminal.line('No folders yet. Add one with: homeport vault add FOLDER')
  for (const { failed, ...source } of asJson ? [] : shown) {
    terminal.line(terminal.styled('bold', printable(source.name)))
    terminal.facts(factsOf(source))
    if (failed.length > 0) terminal.table(['Could not be read', 'Why'], failed.map(failedRow))
    if (source.failures > failed.length) terminal.line(`and ${source.failures - failed.length} more`)
    terminal.line('')
  }
  if (connection.daemon === null && shown.length > 0 && !asJson)
    terminal.note('Homeport is not running: nothing is watched until it does.')
}

async function failedIn(connection: Connection, { id, failures }: Source): Promise<SourceFile[]> {
  if (failures === 0) return []
  const { files } = await connection.invoke('GET /app/knowledge/sources/:id/files', {
    params: { id },
    query: { status: 'failed', limit: MOST_FAILED }
  })
  return files
}

const failedRow = ({ path, reason }: SourceFile): string[] => [path, reason ?? '']

function factsOf(source: Source): [name: string, value: string][] {
  const { problem, chunksWithoutVector: waiting, excludes, lastChangeAt, completeAt } = source
  return [
    ['Id', source.id],
    ['Folder', source.folder],
    ['State', stateWords(source)],
    ...(problem === null ? [] : [['Problem', problem] as [string, string]]),
    [
      'Files',
      source.failures === 0 ? `${source.documents}` : `${source.documents}, ${source.failures} failed`
    ],
    ['Passages', waiting === 0 ? `${source.chunks}` : `${source.chunks}, ${waiting} found by words only`],
    ['Embedder', source.embedder],
    ...(excludes.length === 0 ? [] : [['Left out', excludes.join(', ')] as [string, string]]),
    ['Index', size(source.indexBytes)],
    ['Last change', lastChangeAt === null ? '' : localTime(lastChangeAt)],
    ['Complete', completeAt === null ? 'not yet' : localTime(completeAt)]
  ]
}
