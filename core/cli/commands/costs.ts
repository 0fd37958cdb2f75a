import { costDimensions } from '../../contract/cost-dimensions.ts'
import type { CostTable } from '../../contract/costs.ts'
import { duration, money } from '../amounts.ts'
import { type CommandInput, dataDirOption, defineCommand, jsonOption } from '../command.ts'
import { withConnection } from '../connect.ts'
import { localDate, mondayOf } from '../local-time.ts'
import { UsageError } from '../usage-error.ts'

const options = {
  by: { type: 'string', value: 'WHAT', help: `${costDimensions.join(', ')} (default: model)` },
  month: { type: 'boolean', help: 'the month that runs (the default)' },
  week: { type: 'boolean', help: 'since Monday' },
  today: { type: 'boolean', help: 'since midnight' },
  from: { type: 'string', value: 'DATE', help: 'first day, as 2026-11-01' },
  until: { type: 'string', value: 'DATE', help: 'the day after the last one' },
  model: { type: 'string', value: 'PROVIDER/MODEL', help: 'only calls that it answered' },
  provider: { type: 'string', value: 'ID', help: 'only calls that it answered' },
  app: { type: 'string', value: 'NAME', help: 'only calls of this program' },
  feature: { type: 'string', value: 'NAME', help: 'only calls that name it' },
  project: { type: 'string', value: 'NAME', help: 'only calls that name it' },
  limit: { type: 'string', value: 'N', help: 'how many rows at most (default: 100)' },
  csv: { type: 'boolean', help: 'print CSV instead of text' },
  calls: { type: 'boolean', help: 'with --csv: one line a call in place of sums' },
  ...dataDirOption,
  ...jsonOption
} as const
type Values = CommandInput<typeof options>['values']

export const costsCommand = defineCommand({
  name: 'costs',
  summary: 'show what calls cost',
  args: [],
  options,
  examples: [
    'homeport costs --by model --month',
    'homeport costs --by day --from 2026-11-01 --until 2026-11-08',
    'homeport costs --month --csv --calls > calls.csv'
  ],
  run: ({ values, terminal, host }) => {
    const by = dimensionOf(values.by)
    const { limit, model, provider, app, feature, project } = values
    const query = { by, ...periodOf(values, Date.now()), model, provider, app, feature, project }
    if (values.calls && !values.csv) throw new UsageError('--calls goes with --csv.')
    return withConnection(values, host, async (connection) => {
      if (values.csv) {
        const calls = values.calls ? 'true' : undefined
        terminal.write((await connection.invoke('GET /app/costs/csv', { query: { ...query, calls } })).csv)
        return 0
      }
      const table = await connection.invoke('GET /app/costs', { query: { ...query, limit } })
      if (values.json) terminal.json(table)
      else if (table.total.calls === 0) terminal.line(`No calls from ${table.from} to before ${table.until}.`)
      else {
        terminal.table([by, ...headings], [...table.rows, { label: 'Total', ...table.total }].map(rowOf))
        if (table.total.onDeviceCalls > 0) terminal.note(onDeviceNote(table))
        const { unknownPriceCalls } = table.total
        if (unknownPriceCalls > 0)
          terminal.note(`The price of ${unknownPriceCalls} calls is not known: they are not in the sums.`)
      }
      return 0
    })
  }
})

const headings = [
  'cost',
  'calls',
  'failed',
  'price unknown',
  'on device',
  'input',
  'cached',
  'output',
  'saved'
]

const rowOf = (row: Omit<CostTable['rows'][number], 'key'>): string[] => [
  row.label,
  money(row.nanoUsd),
  String(row.calls),
  String(row.failedCalls),
  String(row.unknownPriceCalls),
  String(row.onDeviceCalls),
  String(row.inputTokens),
  String(row.cacheReadTokens),
  String(row.outputTokens),
  money(row.savedNanoUsd)
]

/** Calls on this machine cost time, and energy as near as that can be told. */
function onDeviceNote({ total, onDevicePower: power }: CostTable): string {
  const time = `On this machine: ${duration(total.onDeviceMs / 1000)} of computing`
  if (power === null || total.onDeviceWattHours === null) return `${time}.`
  const basis = power.source === 'setting' ? 'as set' : 'the limit of the processor'
  return `${time}, about ${total.onDeviceWattHours.toPrecision(2)} Wh (an estimate at ${power.watts} W, ${basis}).`
}

function dimensionOf(word = 'model'): (typeof costDimensions)[number] {
  const by = costDimensions.find((dimension) => dimension === word)
  if (!by) throw new UsageError(`--by takes one of: ${costDimensions.join(', ')}.`)
  return by
}

function periodOf({ month, week, today, from, until }: Values, now: number) {
  const named = [month, week, today, from !== undefined || until !== undefined].filter(Boolean)
  if (named.length > 1)
    throw new UsageError('Give one period: --month, --week, --today, or --from and --until.')
  if (week) return { from: mondayOf(now) }
  if (today) return { from: localDate(now) }
  return { from, until }
}
