import type { SettingsPatch } from '../../core/contract/settings.ts'
import { daemon } from './daemon.ts'
import { takeDownload } from './download-events.ts'
import { createResource } from './resource.ts'

export const settings = createResource({
  load: () => daemon.invoke('GET /app/settings'),
  take: (event, current) => (event.type === 'settings-changed' ? event.settings : current)
})

export async function changeSettings(patch: SettingsPatch): Promise<void> {
  settings.set(await daemon.invoke('PATCH /app/settings', { body: patch }))
}

export const info = createResource({
  load: () => daemon.invoke('GET /app/info'),
  refreshOn: ['models-changed'],
  take: (event, current) =>
    event.type === 'gateway-changed' ? { ...current, paused: event.paused } : current
})

export const models = createResource({
  load: async () => (await daemon.invoke('GET /app/models')).models,
  refreshOn: ['models-changed']
})

export const providers = createResource({
  load: async () => (await daemon.invoke('GET /app/providers')).providers,
  refreshOn: ['models-changed']
})

/** Model files, as they are on disk. What is in memory changes far more often: that is the engine's to say. */
export const localModels = createResource({
  load: async () => (await daemon.invoke('GET /app/local-models')).models,
  refreshOn: ['models-changed', 'settings-changed'],
  spacing: 1000
})

export const engine = createResource({
  load: () => daemon.invoke('GET /app/engine'),
  refreshOn: ['engine-changed', 'models-changed', 'settings-changed'],
  spacing: 1000
})

/** How each file would do here hangs on the memory that models may take, which is a setting. */
export const catalog = createResource({
  load: async () => (await daemon.invoke('GET /app/catalog')).models,
  refreshOn: ['models-changed', 'settings-changed'],
  spacing: 2000
})

export const downloads = createResource({
  load: async () => (await daemon.invoke('GET /app/downloads')).downloads,
  take: takeDownload
})

export const modelHub = createResource({ load: () => daemon.invoke('GET /app/model-hub') })

export const providerKinds = createResource({
  load: async () => (await daemon.invoke('GET /app/provider-kinds')).kinds
})

/** How each model has been doing. Every call changes it, so it is asked for again once in two seconds at most. */
export const health = createResource({
  load: async () => (await daemon.invoke('GET /app/health')).targets,
  refreshOn: ['trace-recorded', 'models-changed'],
  spacing: 2000
})

export const aliases = createResource({
  load: async () => (await daemon.invoke('GET /app/aliases')).aliases,
  refreshOn: ['models-changed']
})

export const appKeys = createResource({
  load: async () => (await daemon.invoke('GET /app/keys')).keys,
  refreshOn: ['keys-changed']
})

/** Servers found on this machine's usual ports. Looked for on demand only. */
export const discoveredServers = createResource({
  load: async () => (await daemon.invoke('POST /app/discover')).servers
})

export const cacheStats = createResource({
  load: () => daemon.invoke('GET /app/cache'),
  refreshOn: ['trace-recorded'],
  spacing: 2000
})

export const spendToday = createResource({
  load: () => daemon.invoke('GET /app/spend'),
  refreshOn: ['trace-recorded'],
  spacing: 1000
})

export const costForecast = createResource({
  load: () => daemon.invoke('GET /app/costs/forecast'),
  refreshOn: ['trace-recorded'],
  spacing: 10_000
})

export const savings = createResource({
  load: () => daemon.invoke('GET /app/costs/savings'),
  refreshOn: ['trace-recorded'],
  spacing: 10_000
})

/** Every call moves them, so they are asked for again once in two seconds at most. */
export const budgets = createResource({
  load: async () => (await daemon.invoke('GET /app/budgets')).budgets,
  refreshOn: ['budgets-changed', 'trace-recorded'],
  spacing: 2000
})

export const alertRules = createResource({
  load: async () => (await daemon.invoke('GET /app/alerts')).alerts,
  refreshOn: ['alerts-changed']
})

/** What the person was told, newest first. */
export const notices = createResource({
  load: () => daemon.invoke('GET /app/notices'),
  refreshOn: ['alerts-changed', 'notice-given']
})

export const priceOverrides = createResource({
  load: async () => (await daemon.invoke('GET /app/prices/overrides')).rows
})

/** Lists of calls that the person gave a name. */
export const traceViews = createResource({
  load: async () => (await daemon.invoke('GET /app/trace-views')).views
})

/** How sending calls to a collector goes. Every call moves it. */
export const telemetryStatus = createResource({
  load: () => daemon.invoke('GET /app/telemetry'),
  refreshOn: ['settings-changed', 'trace-recorded'],
  spacing: 2000
})

/** While one is indexed, its progress comes twice a second. */
export const sources = createResource({
  load: async () => (await daemon.invoke('GET /app/knowledge/sources')).sources,
  refreshOn: ['knowledge-changed'],
  spacing: 400
})

export const embedders = createResource({
  load: async () => (await daemon.invoke('GET /app/knowledge/embedders')).embedders,
  refreshOn: ['models-changed']
})

export const foundVaults = createResource({
  load: async () => (await daemon.invoke('GET /app/knowledge/found-vaults')).vaults,
  refreshOn: ['knowledge-changed'],
  spacing: 5000
})
