import type { Budget } from '../contract/budgets.ts'
import type { EngineStatus } from '../contract/local-models.ts'
import type { ExportStatus } from '../contract/telemetry.ts'
import { decimalUsd } from '../lib/decimal-usd.ts'
import type { Family, Sample } from './metrics-family.ts'

type Rows = [labels: Record<string, string>, value: string | number][]

const family = (type: Family['type'], name: string, help: string, rows: Rows): Family => ({
  name,
  help,
  type,
  samples: rows.map(([labels, value]): Sample => ({ labels, value: String(value) }))
})

/** Of the period that runs. */
export function budgetFamilies(budgets: readonly Budget[]): Family[] {
  const rows = (value: (budget: Budget) => number): Rows =>
    budgets.map((budget) => [{ budget: budget.name, period: budget.period }, decimalUsd(value(budget))])
  return [
    family(
      'gauge',
      'homeport_budget_limit_usd',
      'What a budget allows in its period, in US dollars.',
      rows(({ limitNanoUsd }) => limitNanoUsd)
    ),
    family(
      'gauge',
      'homeport_budget_spent_usd',
      'What was spent of it in the period that runs.',
      rows(({ spentNanoUsd }) => spentNanoUsd)
    ),
    family(
      'gauge',
      'homeport_budget_reserved_usd',
      'What is set aside of it for calls that run.',
      rows(({ reservedNanoUsd }) => reservedNanoUsd)
    )
  ]
}

/** Of the engine of this machine. */
export function engineFamilies({ memory, models }: EngineStatus): Family[] {
  return [
    family('gauge', 'homeport_engine_memory_used_bytes', 'Memory that loaded models take.', [
      [{}, memory.usedBytes]
    ]),
    family('gauge', 'homeport_engine_memory_budget_bytes', 'Memory that all models together may take.', [
      [{}, memory.budgetBytes]
    ]),
    family(
      'gauge',
      'homeport_engine_model_memory_bytes',
      'Memory of a model that is loaded.',
      models.map(({ id, memoryBytes }) => [{ model: id }, memoryBytes])
    ),
    family(
      'gauge',
      'homeport_engine_requests',
      'Requests to a model that is loaded: active or waiting.',
      models.flatMap(
        ({ id, active, waiting }): Rows => [
          [{ model: id, state: 'active' }, active],
          [{ model: id, state: 'waiting' }, waiting]
        ]
      )
    )
  ]
}

export function exportFamilies({ sent, dropped, waiting }: ExportStatus): Family[] {
  return [
    family('counter', 'homeport_export_sent_calls_total', 'Calls sent to the collector.', [[{}, sent]]),
    family('counter', 'homeport_export_dropped_calls_total', 'Calls that never reached the collector.', [
      [{}, dropped]
    ]),
    family('gauge', 'homeport_export_waiting_calls', 'Calls that wait to be sent.', [[{}, waiting]])
  ]
}

/** Of the daemon itself. */
export function processFamilies(version: string): Family[] {
  const { user, system } = process.cpuUsage()
  const startedAt = (Date.now() / 1000 - process.uptime()).toFixed(3)
  return [
    family('gauge', 'homeport_build_info', 'Which Homeport this is.', [[{ version }, 1]]),
    family('gauge', 'process_start_time_seconds', 'When the daemon started.', [[{}, startedAt]]),
    family('counter', 'process_cpu_seconds_total', 'CPU time of the daemon.', [[{}, (user + system) / 1e6]]),
    family('gauge', 'process_resident_memory_bytes', 'Memory of the daemon.', [
      [{}, process.memoryUsage.rss()]
    ])
  ]
}
