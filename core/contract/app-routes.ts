import { z } from 'zod'
import {
  appKeySchema,
  createAppKeySchema,
  createdAppKeySchema,
  mintedCodeSchema,
  sessionRequestSchema,
  sessionSchema,
  updateAppKeySchema
} from './access.ts'
import { alertRuleSchema, noticeSchema, saveAlertSchema } from './alerts.ts'
import {
  aliasSchema,
  routePreviewRequestSchema,
  routePreviewSchema,
  saveAliasSchema,
  targetHealthSchema
} from './aliases.ts'
import { budgetSchema, saveBudgetSchema } from './budgets.ts'
import { cacheStatsSchema } from './cache.ts'
import {
  chatSchema,
  chatSummarySchema,
  createChatSchema,
  startedTurnSchema,
  startTurnSchema,
  updateChatSchema
} from './chats.ts'
import {
  costCsvQuerySchema,
  costQuerySchema,
  costSeriesQuerySchema,
  costSeriesSchema,
  costTableSchema,
  forecastSchema,
  savingsQuerySchema,
  savingsSchema,
  whatIfRequestSchema,
  whatIfSchema
} from './costs.ts'
import {
  catalogModelSchema,
  downloadSchema,
  foundRepoSchema,
  modelHubPatchSchema,
  modelHubSchema,
  modelSearchQuerySchema,
  offeredFileSchema,
  repoFilesQuerySchema,
  startDownloadSchema
} from './downloads.ts'
import { daemonInfoSchema, doctorCheckSchema } from './info.ts'
import { knowledgeRoutes } from './knowledge-routes.ts'
import {
  addLocalModelSchema,
  engineStatusSchema,
  localModelDetailsSchema,
  localModelSchema,
  localModelSettingsSchema,
  removeLocalModelQuerySchema
} from './local-models.ts'
import {
  addProviderSchema,
  discoveredServerSchema,
  modelSchema,
  providerKindSchema,
  providerSchema,
  providerTestSchema,
  updateProviderSchema
} from './models.ts'
import {
  priceOverrideSchema,
  pricePageSchema,
  priceQuerySchema,
  priceRowSchema,
  recomputationSchema
} from './prices.ts'
import { settingsPatchSchema, settingsSchema } from './settings.ts'
import { collectorTestSchema, exportHeadersSchema, telemetryStatusSchema } from './telemetry.ts'
import {
  eraseTracesSchema,
  spendTodaySchema,
  traceExportPageSchema,
  traceExportQuerySchema,
  traceFacetsQuerySchema,
  traceFacetsSchema,
  traceQuerySchema,
  traceSchema,
  traceSummarySchema,
  traceViewSchema,
  updateTraceSchema
} from './traces.ts'

const none = z.strictObject({})
const done = z.object({ ok: z.literal(true) })
const chatQuerySchema = z.strictObject({
  search: z.string().max(200).optional(),
  limit: z.coerce.number().int().min(1).max(500).default(200)
})

/**
 * The control API, one row a route: what it takes and what it gives. The gateway validates by it, the renderer and the
 * command line call by it. Keys are `METHOD /path`; `:name` parts of the path become `params`.
 * `/app/events` (a stream) and `/app/session` (no credential yet) are served beside it; both are described here too.
 */
export const appRoutes = {
  'POST /app/session': { query: none, body: sessionRequestSchema, response: sessionSchema },
  'POST /app/codes': { query: none, body: none, response: mintedCodeSchema },
  'POST /app/shutdown': { query: none, body: none, response: done },

  'GET /app/info': { query: none, body: none, response: daemonInfoSchema },
  'GET /app/doctor': { query: none, body: none, response: z.object({ checks: z.array(doctorCheckSchema) }) },
  'POST /app/gateway': { query: none, body: z.strictObject({ paused: z.boolean() }), response: done },

  'GET /app/settings': { query: none, body: none, response: settingsSchema },
  'PATCH /app/settings': { query: none, body: settingsPatchSchema, response: settingsSchema },

  'GET /app/keys': { query: none, body: none, response: z.object({ keys: z.array(appKeySchema) }) },
  'POST /app/keys': { query: none, body: createAppKeySchema, response: createdAppKeySchema },
  'PATCH /app/keys/:id': { query: none, body: updateAppKeySchema, response: appKeySchema },
  'DELETE /app/keys/:id': { query: none, body: none, response: done },

  'GET /app/models': { query: none, body: none, response: z.object({ models: z.array(modelSchema) }) },
  'GET /app/providers': {
    query: none,
    body: none,
    response: z.object({ providers: z.array(providerSchema) })
  },
  'GET /app/provider-kinds': {
    query: none,
    body: none,
    response: z.object({ kinds: z.array(providerKindSchema) })
  },
  /** How every model has been doing that was asked since the start. */
  'GET /app/health': {
    query: none,
    body: none,
    response: z.object({ targets: z.array(targetHealthSchema) })
  },
  'GET /app/aliases': { query: none, body: none, response: z.object({ aliases: z.array(aliasSchema) }) },
  /** Makes the alias, or replaces it. */
  'PUT /app/aliases/:name': { query: none, body: saveAliasSchema, response: aliasSchema },
  'DELETE /app/aliases/:name': { query: none, body: none, response: done },
  /** Who would answer a request, and why. Asks nobody. */
  'POST /app/route-preview': {
    query: none,
    body: routePreviewRequestSchema,
    response: routePreviewSchema
  },
  /** Providers, aliases and limits as one YAML text, without keys. */
  'GET /app/config': { query: none, body: none, response: z.object({ yaml: z.string() }) },
  /** Adds and replaces what the text names; nothing else is removed. Checked whole before anything is changed. */
  'PUT /app/config': {
    query: none,
    body: z.strictObject({ yaml: z.string().max(1_000_000) }),
    response: z.object({
      providers: z.array(z.string()),
      aliases: z.array(z.string()),
      /** Providers that have no key yet. */
      keysMissing: z.array(z.string()),
      /** Names in the text that no app key has: their limits were left out. */
      limitsSkipped: z.array(z.string())
    })
  },
  'GET /app/cache': { query: none, body: none, response: cacheStatsSchema },
  /** Forgets every kept answer. */
  'DELETE /app/cache': { query: none, body: none, response: done },
  /** Tests first; answers 400 with the upstream's words when the test fails and `force` is not set. */
  'POST /app/providers': { query: none, body: addProviderSchema, response: providerSchema },
  'PATCH /app/providers/:id': { query: none, body: updateProviderSchema, response: providerSchema },
  'DELETE /app/providers/:id': { query: none, body: none, response: done },
  'POST /app/providers/:id/test': { query: none, body: none, response: providerTestSchema },
  /** Looks for local model servers on their usual ports of this machine. */
  'POST /app/discover': {
    query: none,
    body: none,
    response: z.object({ servers: z.array(discoveredServerSchema) })
  },
  'GET /app/local-models': {
    query: none,
    body: none,
    response: z.object({ models: z.array(localModelSchema) })
  },
  'POST /app/local-models': { query: none, body: addLocalModelSchema, response: localModelSchema },
  'GET /app/local-models/:id': { query: none, body: none, response: localModelDetailsSchema },
  /** Forgets a model added by path; with `file=true`, deletes the file of one in the models folder. */
  'DELETE /app/local-models/:id': { query: removeLocalModelQuerySchema, body: none, response: done },
  /** Replaces its settings. A loaded model is loaded anew with the next request. */
  'PUT /app/local-models/:id/settings': {
    query: none,
    body: localModelSettingsSchema,
    response: localModelSchema
  },
  /** Loads it, and answers when it is ready. */
  'POST /app/local-models/:id/load': { query: none, body: none, response: localModelSchema },
  'POST /app/local-models/:id/unload': { query: none, body: none, response: localModelSchema },
  /** Finds the best number of threads by trying, and how fast it is. */
  'POST /app/local-models/:id/calibrate': { query: none, body: none, response: localModelSchema },
  'GET /app/engine': { query: none, body: none, response: engineStatusSchema },

  /** Models known to be good, with how each of their files would do on this machine. */
  'GET /app/catalog': {
    query: none,
    body: none,
    response: z.object({ models: z.array(catalogModelSchema) })
  },
  /** Asks Hugging Face, or the mirror that is set. */
  'GET /app/model-search': {
    query: modelSearchQuerySchema,
    body: none,
    response: z.object({ repos: z.array(foundRepoSchema) })
  },
  'GET /app/model-search/files': {
    query: repoFilesQuerySchema,
    body: none,
    response: z.object({ files: z.array(offeredFileSchema) })
  },
  'GET /app/model-hub': { query: none, body: none, response: modelHubSchema },
  'PATCH /app/model-hub': { query: none, body: modelHubPatchSchema, response: modelHubSchema },
  'GET /app/downloads': {
    query: none,
    body: none,
    response: z.object({ downloads: z.array(downloadSchema) })
  },
  /** A download of the same file that stopped goes on where it was. */
  'POST /app/downloads': { query: none, body: startDownloadSchema, response: downloadSchema },
  'PATCH /app/downloads/:id': {
    query: none,
    body: z.strictObject({ paused: z.boolean() }),
    response: downloadSchema
  },
  /** Stops it and deletes what has arrived; one that is done is only taken off the list. */
  'DELETE /app/downloads/:id': { query: none, body: none, response: done },

  'GET /app/chats': {
    query: chatQuerySchema,
    body: none,
    response: z.object({ chats: z.array(chatSummarySchema) })
  },
  'POST /app/chats': { query: none, body: createChatSchema, response: chatSchema },
  'GET /app/chats/:id': { query: none, body: none, response: chatSchema },
  'PATCH /app/chats/:id': { query: none, body: updateChatSchema, response: chatSummarySchema },
  'DELETE /app/chats/:id': { query: none, body: none, response: done },
  'POST /app/chats/:id/turns': { query: none, body: startTurnSchema, response: startedTurnSchema },
  'DELETE /app/turns/:id': { query: none, body: none, response: done },

  'GET /app/traces': {
    query: traceQuerySchema,
    body: none,
    response: z.object({ traces: z.array(traceSummarySchema) })
  },
  'GET /app/traces/:id': { query: none, body: none, response: traceSchema },
  'PATCH /app/traces/:id': { query: none, body: updateTraceSchema, response: traceSchema },
  /** Erases the trace with its bodies, or only what was written. What was booked stays, without them. */
  'DELETE /app/traces/:id': {
    query: z.strictObject({ keep: z.enum(['numbers']).optional() }),
    body: none,
    response: done
  },
  /** The same for many: in a fraction of the time. `erased` has those that were there. */
  'POST /app/trace-erasure': {
    query: none,
    body: eraseTracesSchema,
    response: z.object({ erased: z.array(z.string()) })
  },
  /** Asks again, of another model; answers with the new call's trace when it has ended. */
  'POST /app/traces/:id/replay': {
    query: none,
    body: z.strictObject({ model: z.string().min(1).max(300) }),
    response: traceSchema
  },
  'GET /app/trace-facets': { query: traceFacetsQuerySchema, body: none, response: traceFacetsSchema },
  'GET /app/trace-export': { query: traceExportQuerySchema, body: none, response: traceExportPageSchema },
  'GET /app/trace-views': {
    query: none,
    body: none,
    response: z.object({ views: z.array(traceViewSchema) })
  },
  'PUT /app/trace-views': {
    query: none,
    body: z.strictObject({ views: z.array(traceViewSchema).max(50) }),
    response: z.object({ views: z.array(traceViewSchema) })
  },

  'GET /app/telemetry': { query: none, body: none, response: telemetryStatusSchema },
  /** Replaces all headers that go to the collector. */
  'PUT /app/telemetry/export-headers': {
    query: none,
    body: z.strictObject({ headers: exportHeadersSchema }),
    response: telemetryStatusSchema
  },
  /** Sends one span to the collector that is set, and says what it answered. */
  'POST /app/telemetry/test': { query: none, body: none, response: collectorTestSchema },

  'GET /app/spend': { query: none, body: none, response: spendTodaySchema },
  'GET /app/costs': { query: costQuerySchema, body: none, response: costTableSchema },
  'GET /app/costs/series': { query: costSeriesQuerySchema, body: none, response: costSeriesSchema },
  'GET /app/costs/forecast': { query: none, body: none, response: forecastSchema },
  'GET /app/costs/savings': { query: savingsQuerySchema, body: none, response: savingsSchema },
  'POST /app/costs/what-if': { query: none, body: whatIfRequestSchema, response: whatIfSchema },
  'GET /app/costs/csv': { query: costCsvQuerySchema, body: none, response: z.object({ csv: z.string() }) },
  'GET /app/prices': { query: priceQuerySchema, body: none, response: pricePageSchema },
  'GET /app/prices/overrides': {
    query: none,
    body: none,
    response: z.object({ rows: z.array(priceRowSchema) })
  },
  /** Adds a price of the person's own, or replaces the one of the same model and first day. */
  'PUT /app/prices/overrides': { query: none, body: priceOverrideSchema, response: priceRowSchema },
  'DELETE /app/prices/overrides': {
    query: z.strictObject({ vendor: z.string(), model: z.string(), from: z.iso.date().optional() }),
    body: none,
    response: done
  },
  /** Prices a period's calls anew. With `apply`, the corrected figures count from then on; what was booked is kept. */
  'POST /app/prices/recompute': {
    query: none,
    body: z.strictObject({ from: z.iso.date(), until: z.iso.date(), apply: z.boolean().default(false) }),
    response: recomputationSchema
  },
  'GET /app/budgets': { query: none, body: none, response: z.object({ budgets: z.array(budgetSchema) }) },
  'POST /app/budgets': { query: none, body: saveBudgetSchema, response: budgetSchema },
  'PUT /app/budgets/:id': { query: none, body: saveBudgetSchema, response: budgetSchema },
  'DELETE /app/budgets/:id': { query: none, body: none, response: done },
  'GET /app/alerts': { query: none, body: none, response: z.object({ alerts: z.array(alertRuleSchema) }) },
  'POST /app/alerts': { query: none, body: saveAlertSchema, response: alertRuleSchema },
  'PUT /app/alerts/:id': { query: none, body: saveAlertSchema, response: alertRuleSchema },
  'DELETE /app/alerts/:id': { query: none, body: none, response: done },
  /** Newest first. */
  'GET /app/notices': {
    query: z.strictObject({ limit: z.coerce.number().int().min(1).max(500).default(100) }),
    body: none,
    response: z.object({ notices: z.array(noticeSchema), unread: z.number().int() })
  },
  'POST /app/notices/read': {
    query: none,
    /** Null: all of them. */
    body: z.strictObject({ id: z.string().nullable() }),
    response: done
  },

  ...knowledgeRoutes
} as const

export type AppRoutes = typeof appRoutes
export type AppRouteKey = keyof AppRoutes
export type AppQuery<K extends AppRouteKey> = z.output<AppRoutes[K]['query']>
export type AppQueryInput<K extends AppRouteKey> = z.input<AppRoutes[K]['query']>
export type AppBody<K extends AppRouteKey> = z.output<AppRoutes[K]['body']>
export type AppBodyInput<K extends AppRouteKey> = z.input<AppRoutes[K]['body']>
export type AppResponse<K extends AppRouteKey> = z.output<AppRoutes[K]['response']>

/** Status of a success, where it is not 200. */
export const successStatus: Partial<Record<AppRouteKey, number>> = {
  'POST /app/chats/:id/turns': 202,
  'POST /app/keys': 201,
  'POST /app/providers': 201,
  'POST /app/local-models': 201,
  'POST /app/downloads': 201,
  'POST /app/budgets': 201,
  'POST /app/alerts': 201,
  'POST /app/chats': 201,
  'POST /app/knowledge/sources': 201,
  'POST /app/knowledge/notes': 201
}
