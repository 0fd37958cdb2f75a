import type { Budget } from '../contract/budgets.ts'
import type { EngineStatus } from '../contract/local-models.ts'
import { callOf, usageOf } from './export.test-support.ts'
import { createMetrics } from './metrics.ts'
import { type ParsedMetrics, parseMetrics } from './metrics-parser.test-support.ts'

const budget: Budget = {
  id: 'b1',
  name: 'All "of" it\\',
  scope: { kind: 'all' },
  limitNanoUsd: 5_000_000_000,
  period: 'month',
  warnAt: [80],
  actions: [],
  unknownPrice: 'allow',
  paused: false,
  createdAt: 1,
  periodStart: 1,
  periodEnd: 2,
  spentNanoUsd: 1_250_000_001,
  reservedNanoUsd: 7,
  unknownPriceCalls: 0
}
const engine: EngineStatus = {
  state: 'running',
  backend: 'CPU',
  devices: [],
  memory: { budgetBytes: 8e9, usedBytes: 2e9, systemTotalBytes: 16e9, systemFreeBytes: 4e9 },
  models: [
    {
      id: 'org/tiny',
      name: 'Tiny',
      state: 'loaded',
      memoryBytes: 2e9,
      gpuLayers: 0,
      contextTokens: 4096,
      parallel: 1,
      threads: 2,
      active: 1,
      waiting: 3,
      loadedAt: 1,
      lastUsedAt: 1,
      unloadsAt: null
    }
  ]
}

/** Metrics of a daemon in which a model is loaded, a budget stands and calls are exported. */
export function openMetrics() {
  const metrics = createMetrics({
    provider: (id) => ({ kind: id === 'work' ? 'mistral' : id, onDevice: false }),
    budgets: () => [budget],
    engine: async () => engine,
    export: async () => ({
      url: null,
      headers: [],
      waiting: 3,
      sent: 2,
      dropped: 1,
      lastSentAt: null,
      lastError: null
    }),
    version: '1.2.3'
  })
  return { metrics, read: async (): Promise<ParsedMetrics> => parseMetrics(await metrics.text()) }
}

/** What is read when calls of every kind have ended: all metrics that there are. */
export async function allMetrics(): Promise<ParsedMetrics> {
  const { metrics, read } = openMetrics()
  const usage = usageOf({ total: 100, cacheRead: 60 }, { total: 1 })
  metrics.ended(callOf('gpt-4o', { usage }))
  metrics.ended(callOf('gpt-4o', { cost: { kind: 'unknown' } }))
  metrics.ended(callOf('gpt-4o', { status: 'error', usage: null }))
  metrics.ended(callOf('gpt-4o', { cache: 'hit', savedNanoUsd: 1 }))
  metrics.chunkTimer('openai-chat', 'openai', 'gpt-4o')(20)
  return read()
}
