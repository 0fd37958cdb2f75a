import type { CallStatus, TraceSummary } from '../../contract/traces.ts'
import { money } from '../amounts.ts'
import { type CommandInput, dataDirOption, defineCommand, jsonOption } from '../command.ts'
import { type Connection, withConnection } from '../connect.ts'
import { onInterrupt } from '../interrupt.ts'
import { localTime } from '../local-time.ts'
import { notRunning } from '../not-running.ts'
import { printable } from '../table.ts'
import type { Terminal } from '../terminal.ts'
import { UsageError } from '../usage-error.ts'

const statuses: readonly CallStatus[] = ['ok', 'error', 'aborted', 'cut']

const options = {
  tail: { type: 'boolean', help: 'then print every call as it ends, until it is stopped' },
  status: { type: 'string', value: 'STATUS', help: statuses.join(', ') },
  model: { type: 'string', value: 'MODEL', help: 'only calls that asked for it, or that it answered' },
  app: { type: 'string', value: 'NAME', help: 'only calls of this program' },
  limit: { type: 'string', value: 'N', help: 'how many at most (default: 20)' },
  ...dataDirOption,
  json: { ...jsonOption.json, help: 'print one JSON document; with --tail, one a line' }
} as const

export const tracesCommand = defineCommand({
  name: 'traces',
  summary: 'list calls, newest last, and follow them',
  args: [],
  options,
  examples: ['homeport traces --status error', 'homeport traces --tail', 'homeport traces --tail --json'],
  run: ({ values, terminal, host }) => {
    const status = statusOf(values.status)
    const { model, app, limit = '20' } = values
    return withConnection(values, host, async (connection) => {
      // nobody can call a gateway that is not open
      if (values.tail && connection.daemon === null) throw notRunning()
      const following = new AbortController()
      // before the list is fetched: a call that ends in between is in one of the two
      const ended = values.tail ? await connection.subscribe(following.signal) : null
      const query = { limit, status, model, app }
      const { traces } = await connection.invoke('GET /app/traces', { query })
      const oldestFirst = traces.toReversed()
      if (ended === null && values.json) terminal.json({ traces: oldestFirst })
      else for (const trace of oldestFirst) print(trace, values, terminal)
      if (ended !== null)
        await follow(ended, new Set(traces.map(({ id }) => id)), following, { values, terminal })
      return 0
    })
  }
})

type Wanted = Pick<CommandInput<typeof options>, 'values' | 'terminal'>

/** Prints what ends from now on, until the process is to stop or the daemon does. */
async function follow(
  events: Awaited<ReturnType<Connection['subscribe']>>,
  printed: ReadonlySet<string>,
  following: AbortController,
  { values, terminal }: Wanted
): Promise<void> {
  const unsubscribe = onInterrupt(() => following.abort())
  try {
    for await (const { event } of events) {
      if (event.type !== 'trace-recorded' || printed.has(event.trace.id)) continue
      if (isWanted(event.trace, values)) print(event.trace, values, terminal)
    }
  } catch (error) {
    if (!following.signal.aborted) throw error
  } finally {
    unsubscribe()
  }
}

function isWanted(trace: TraceSummary, { status, model, app }: Wanted['values']): boolean {
  return (
    (status === undefined || trace.status === status) &&
    (app === undefined || trace.app === app) &&
    (model === undefined || trace.model === model || `${trace.providerId}/${trace.providerModel}` === model)
  )
}

/** One line a call: it has to stand in columns before those that follow are known. */
function print(trace: TraceSummary, { json, tail }: Wanted['values'], terminal: Terminal): void {
  if (json && tail) {
    terminal.line(JSON.stringify(trace))
    return
  }
  const tokens = trace.usage ? `${trace.usage.input.total}→${trace.usage.output.total}` : ''
  const cells = [
    localTime(trace.startedAt),
    trace.status.padEnd(7),
    `${Math.round(trace.durationMs)} ms`.padStart(9),
    costOf(trace).padStart(12),
    tokens.padStart(12),
    trace.app.padEnd(14),
    trace.model
  ]
  const line = printable([...cells, trace.errorMessage ?? ''].join('  ')).trimEnd()
  terminal.line(trace.status === 'error' || trace.status === 'cut' ? terminal.styled('red', line) : line)
}

function costOf({ cost, cache }: TraceSummary): string {
  if (cache === 'hit') return 'cache'
  if (cost.kind === 'priced') return money(cost.nanoUsd)
  return cost.kind === 'free' ? 'free' : 'unknown'
}

function statusOf(word: string | undefined): CallStatus | undefined {
  if (word === undefined) return undefined
  const status = statuses.find((known) => known === word)
  if (!status) throw new UsageError(`--status takes one of: ${statuses.join(', ')}.`)
  return status
}
