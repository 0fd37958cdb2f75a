import type { Source } from '../contract/knowledge.ts'
import { HomeportError } from '../errors/homeport-error.ts'
import type { CliHost } from './cli-host.ts'
import type { Connection } from './connect.ts'
import { followSources } from './follow-sources.ts'
import { sourceProgress } from './source-progress.ts'
import { EXIT_INTERRUPTED } from './turn.ts'

/** Indexes a folder in this process, as far as Ctrl-C lets it. Throws what went wrong. */
export async function indexHere(
  connection: Connection,
  id: string,
  { stderr }: CliHost
): Promise<{ source: Source; exitCode: number }> {
  const progress = sourceProgress(stderr)
  const { sources, interrupted } = await followSources(connection, (source) => source.id === id, {
    begin: () => connection.invoke('POST /app/knowledge/sources/:id/rescan', { params: { id } }),
    show: progress.show
  }).finally(progress.end)
  const [source] = sources
  if (!source) throw new HomeportError('conflict', 'The folder was forgotten meanwhile')
  if (interrupted) {
    stderr.write(`The rest is indexed when Homeport runs, or with: homeport vault rescan ${id}\n`)
    return { source, exitCode: EXIT_INTERRUPTED }
  }
  if (source.problem !== null) throw new HomeportError('unavailable', source.problem)
  return { source, exitCode: 0 }
}
