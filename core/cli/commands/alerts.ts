import type { AlertRule, Notice } from '../../contract/alerts.ts'
import { money } from '../amounts.ts'
import { dataDirOption, defineCommand, jsonOption } from '../command.ts'
import { withConnection } from '../connect.ts'
import { localTime } from '../local-time.ts'
import { UsageError } from '../usage-error.ts'

export const alertsListCommand = defineCommand({
  name: 'alerts list',
  summary: 'show what is watched, and how it stands',
  args: [],
  options: { ...dataDirOption, ...jsonOption },
  examples: ['homeport alerts list', 'homeport alerts list --json'],
  run: ({ values, terminal, host }) =>
    withConnection(values, host, async (connection) => {
      const answer = await connection.invoke('GET /app/alerts')
      if (values.json) terminal.json(answer)
      else
        terminal.table(
          ['Name', 'Watches', 'State', 'Since', 'Value', 'Threshold'],
          answer.alerts.map(ruleRow)
        )
      return 0
    })
})

export const alertsNoticesCommand = defineCommand({
  name: 'alerts notices',
  summary: 'show what alerts told, newest first',
  args: [],
  options: {
    limit: { type: 'string', value: 'N', help: 'how many (default: 20)' },
    'mark-read': { type: 'boolean', help: 'all of them are read from now on' },
    ...dataDirOption,
    ...jsonOption
  },
  examples: ['homeport alerts notices', 'homeport alerts notices --limit 100 --mark-read'],
  run: ({ values, terminal, host }) => {
    const { limit = '20' } = values
    if (!/^[1-9]\d{0,2}$/.test(limit)) throw new UsageError('--limit takes a number up to 500.')
    return withConnection(values, host, async (connection) => {
      const answer = await connection.invoke('GET /app/notices', { query: { limit: Number(limit) } })
      if (values['mark-read']) await connection.invoke('POST /app/notices/read', { body: { id: null } })
      if (values.json) terminal.json(answer)
      else if (answer.notices.length === 0) terminal.line('Nothing was told so far.')
      else terminal.table(['When', '', 'What', 'Call'], answer.notices.map(noticeRow))
      return 0
    })
  }
})

const units: Readonly<Record<AlertRule['kind'], (value: number) => string>> = {
  cost: money,
  anomaly: (factor) => `${factor.toFixed(1)} times`,
  latency: (factor) => `${factor.toFixed(1)} times`,
  'error-rate': (percent) => `${Math.round(percent)} %`,
  budget: (percent) => `${Math.round(percent)} %`,
  'provider-down': (failures) => `${failures} failed`,
  'no-data': (hours) => `${hours.toFixed(1)} h`
}

const ruleRow = ({ name, kind, state, stateSince, value, threshold }: AlertRule): string[] => [
  name,
  kind,
  state,
  localTime(stateSince),
  value === null ? '' : units[kind](value),
  units[kind](threshold)
]

const noticeRow = ({ at, title, traceId, readAt }: Notice): string[] => [
  localTime(at),
  readAt === null ? 'new' : '',
  title,
  traceId ?? ''
]
