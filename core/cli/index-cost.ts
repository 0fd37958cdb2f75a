import type { IndexEstimate } from '../contract/knowledge.ts'
import { HomeportError } from '../errors/homeport-error.ts'
import { money, size } from './amounts.ts'
import { askYes } from './ask-yes.ts'
import type { CliHost } from './cli-host.ts'
import type { Connection } from './connect.ts'
import { printable } from './table.ts'
import type { Terminal } from './terminal.ts'

interface Wanted {
  folder: string
  /** Absent: the built-in one, which is free. */
  embedder?: string
  /** Patterns of what is left out. */
  exclude?: string[]
  /** The person said so already. */
  yes?: boolean
}

/**
 * Shows what indexing costs, where it may cost something, and asks. Resolves with whether a cost is confirmed; null where the
 * person said no. Throws `conflict` where nobody can be asked.
 */
export async function confirmCost(
  connection: Connection,
  { folder, embedder, exclude = [], yes = false }: Wanted,
  { terminal, host }: { terminal: Terminal; host: CliHost }
): Promise<boolean | null> {
  if (embedder === undefined) return false
  const query = { folder, embedder, excludes: exclude.join('\n') }
  const estimate = await connection.invoke('GET /app/knowledge/estimate', { query })
  if (estimate.cost.kind === 'free') return false
  terminal.note(printable(estimateText(estimate, embedder)))
  if (yes) return true
  if (!host.stdin.isTTY)
    throw new HomeportError('conflict', 'Indexing may cost money', { action: 'Agree to it with --yes' })
  if (await askYes(host, 'Index it?')) return true
  terminal.note('Nothing was added.')
  return null
}

const NANO_PER_CENT = 1e7

function estimateText({ files, bytes, tokens, cost }: IndexEstimate, embedder: string): string {
  const what = `${files} files of ${size(bytes)}, about ${tokens} tokens`
  if (cost.kind !== 'priced') return `${what}: what ${embedder} costs is not known.`
  return `${what}: at most about ${money(Math.ceil(cost.nanoUsd / NANO_PER_CENT) * NANO_PER_CENT)} with ${embedder}.`
}
