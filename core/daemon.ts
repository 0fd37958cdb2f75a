import { homedir } from 'node:os'
import { join } from 'node:path'
import { openAccess } from './access/access.ts'
import { openAnswerCache } from './cache/answer-cache.ts'
import { createQuestionEmbedder } from './cache/question-embedder.ts'
import { Chats } from './chats/chats.ts'
import type { Notice } from './contract/alerts.ts'
import type { DaemonInfo } from './contract/info.ts'
import type { Daemon, DaemonOptions, ParentState } from './contract/running-daemon.ts'
import { onDevicePower } from './costs/on-device-power.ts'
import { createPrices } from './costs/price-call.ts'
import { openPriceOverrides } from './costs/price-overrides.ts'
import type { AppHandlers } from './gateway/app-handlers.ts'
import { estimateTokens } from './gateway/estimate-tokens.ts'
import { createEventHub } from './gateway/event-hub.ts'
import { accessHandlers } from './gateway/handlers/access-handlers.ts'
import { cacheHandlers } from './gateway/handlers/cache-handlers.ts'
import { chatHandlers } from './gateway/handlers/chat-handlers.ts'
import { doctorChecks } from './gateway/handlers/doctor-checks.ts'
import { localModelHandlers } from './gateway/handlers/local-model-handlers.ts'
import { modelDownloadHandlers } from './gateway/handlers/model-download-handlers.ts'
import { modelHandlers } from './gateway/handlers/model-handlers.ts'
import { routingHandlers } from './gateway/handlers/routing-handlers.ts'
import { systemHandlers } from './gateway/handlers/system-handlers.ts'
import { traceHandlers } from './gateway/handlers/trace-handlers.ts'
import { inProcessClient } from './gateway/in-process-client.ts'
import { createReplay } from './gateway/replay.ts'
import { createGateway } from './gateway/server.ts'
import { openOnDevice } from './inference/on-device.ts'
import { openKnowledgePart } from './knowledge.ts'
import { startOf } from './lib/calendar.ts'
import { openFileLogger } from './lib/file-logger.ts'
import { openObserving } from './observing.ts'
import type { Pipeline } from './pipeline/context.ts'
import { createPipeline } from './pipeline/create-pipeline.ts'
import { turnAnswers } from './pipeline/turn-answers.ts'
import { adapters } from './providers/registry.generated.ts'
import { openReasoningMemory } from './reasoning/reasoning-memory.ts'
import { openResponses } from './responses/responses.ts'
import { aliasModels } from './routing/alias-models.ts'
import { openAliases } from './routing/aliases.ts'
import { createConfigFile } from './routing/config-file.ts'
import { longestAnswer, longestPrompt } from './routing/known-model.ts'
import { createModelCatalog } from './routing/model-catalog.ts'
import { openProviders } from './routing/providers.ts'
import { previewRoute } from './routing/route-preview.ts'
import { createRouter } from './routing/router.ts'
import { createHealth } from './routing/target-health.ts'
import { openSecrets } from './secrets/open-secrets.ts'
import { openSettings } from './settings/settings.ts'
import { openSpending } from './spending.ts'
import { removeDaemonFile, writeDaemonFile } from './store/daemon-file.ts'
import { prepareDataFolder } from './store/data-folder.ts'
import { acquireFolderLock } from './store/folder-lock.ts'
import { openStore } from './store/open-store.ts'
import { createUpkeep } from './store/upkeep.ts'
import { openTraces } from './traces/traces.ts'
import { createSearchModel } from './vault/search-model.ts'

/** Events kept for a window that comes back: a minute of a fast answer, and some. */
const KEPT_EVENTS = 5000

/**
 * Takes the data folder and builds every part of the daemon on it. Throws a HomeportError: `folder-locked` when another
 * process has it, `newer-data`, `not-allowed` when it cannot be trusted.
 */
export async function openDaemon(options: DaemonOptions): Promise<Daemon> {
  const { dataDir, version, rendererDir } = options
  const folderNotices = prepareDataFolder(dataDir)
  const lock = acquireFolderLock(dataDir)
  // whoever wrote it is gone
  removeDaemonFile(dataDir)
  const log = openFileLogger({ dir: join(dataDir, 'logs'), level: options.logLevel })
  const store = await openStore({ dataDir, logger: log }).catch((error: unknown) => {
    lock.release()
    throw error
  })
  const notices = [...folderNotices, ...store.notices]
  const events = createEventHub({ capacity: KEPT_EVENTS })
  const { publish } = events
  const settings = openSettings(store)
  const secrets = openSecrets({ dataDir, logger: log, env: process.env })
  const access = openAccess({ store })
  const modelsChanged = (): void => publish({ type: 'models-changed' })

  const onDevice = await openOnDevice({
    store,
    dataDir,
    spawnChild: options.spawnChild,
    logger: log,
    settings: () => settings.get().onDevice,
    secrets,
    events: {
      modelsChanged,
      engineChanged: () => publish({ type: 'engine-changed' }),
      downloadChanged: (download) => publish({ type: 'download-changed', download }),
      downloadRemoved: (id) => publish({ type: 'download-removed', id })
    },
    home: homedir(),
    env: process.env
  })
  const overrides = openPriceOverrides({ store, isProvider: (id) => providers.callable.has(id) })
  const prices = createPrices({ overrides })
  const catalog = createModelCatalog()
  const health = createHealth()
  let hasNotes = (): boolean => false
  const providers = openProviders({
    store,
    secrets,
    adapters,
    onDevice: onDevice.provider,
    builtIn: [createSearchModel({ hasSources: () => hasNotes() })],
    isPriced: prices.covers,
    catalog,
    health,
    onChange: modelsChanged,
    logger: log
  })
  const aliases = openAliases({
    store,
    isProvider: (id) => providers.callable.has(id),
    onChange: modelsChanged
  })
  const router = createRouter({ providers, aliases, health, price: prices.price, catalog })
  const reasoning = openReasoningMemory({ store, logger: log })
  const responses = openResponses({ store, logger: log })
  const questions = createQuestionEmbedder()
  const cache = openAnswerCache({
    store,
    settings: () => settings.get().cache,
    embed: questions.embed,
    logger: log
  })
  const traces = openTraces({
    store,
    dataDir,
    retention: () => settings.get().retention,
    logger: log
  })
  let noticeGiven = (_: Notice): void => {}
  const { ledger, budgets, alerts, ...spending } = openSpending({
    store,
    prices,
    overrides,
    providers,
    onDevice: onDevice.provider,
    aliases,
    health,
    access,
    publish,
    onNotice: (notice) => noticeGiven(notice),
    onPrices: modelsChanged,
    onDevicePower: () => onDevicePower({ watts: settings.get().onDevice.watts, backend: onDevice.backend() }),
    onCorrection: traces.correctCosts,
    logger: log
  })
  const observing = openObserving({
    settings: settings.get,
    secrets,
    access,
    providers,
    onDevice,
    budgets,
    prices,
    traces,
    publish,
    version,
    logger: log
  })
  let paused = false
  const knowledge = openKnowledgePart({
    store,
    dataDir,
    providers,
    prices,
    pipeline: () => pipeline,
    isPaused: () => paused,
    helpers: () => settings.get().knowledge,
    env: process.env,
    publish,
    activity: {
      // no calls of models: they are neither exported nor counted as such
      traces,
      recordBodies: () => settings.get().recordBodies,
      onTrace: (trace) => publish({ type: 'trace-recorded', trace })
    },
    onModels: modelsChanged,
    version,
    logger: log
  })
  hasNotes = knowledge.hasSources
  const pipeline: Pipeline = createPipeline({
    plan: router.plan,
    estimateTokens,
    health,
    reasoning,
    knowledge: { retriever: knowledge.retriever, contextTokens: longestPrompt(catalog) },
    cache,
    price: prices.price,
    fingerprint: traces.fingerprint,
    traces: observing.traces,
    chunkTimer: observing.chunkTimer,
    ledger,
    recordBodies: () => settings.get().recordBodies,
    budgets,
    maxOutputTokens: longestAnswer(catalog),
    onTrace(trace) {
      publish({ type: 'trace-recorded', trace })
      alerts.callEnded()
    },
    logger: log
  })
  const chats = new Chats({
    store,
    source: turnAnswers(pipeline, () => paused),
    publish,
    eventSeq: events.seq,
    logger: log
  })
  await chats.recover()

  let port: number | null = null
  let stopRequested = (): void => {}
  let parentStateChanged = (_: ParentState): void => {}

  const parentState = (): ParentState => {
    const { appearance, quickPromptShortcut } = settings.get()
    return { appearance, quickPromptShortcut, paused }
  }
  const mintLink = () => {
    const { code, expiresAt } = access.mintCode()
    return { code, expiresAt, url: `http://127.0.0.1:${port}/#code=${code}` }
  }
  const info = async (): Promise<DaemonInfo> => ({
    version,
    pid: process.pid,
    port: port ?? 0,
    dataDir,
    modelsDir: onDevice.modelsDir,
    headless: rendererDir !== null,
    paused,
    secrets: await secrets.status(),
    notices,
    inferenceBackend: onDevice.backend()
  })

  const handlers: AppHandlers = {
    ...accessHandlers(
      {
        listKeys: access.listKeys,
        createKey: access.createKey,
        updateKey: access.updateKey,
        revokeKey: access.revokeKey,
        mintLink
      },
      () => publish({ type: 'keys-changed' })
    ),
    ...spending.handlers,
    ...cacheHandlers({ size: cache.size, clear: cache.clear, savings: ledger.cacheSavings }),
    ...chatHandlers(chats),
    ...modelHandlers(providers),
    ...localModelHandlers(onDevice),
    ...modelDownloadHandlers(onDevice),
    ...traceHandlers({
      traces,
      replay: createReplay(pipeline),
      onChange: (trace) => publish({ type: 'trace-changed', trace }),
      onErase: (id) => publish({ type: 'trace-erased', id })
    }),
    ...observing.handlers,
    ...knowledge.handlers((id) => chats.get(id)),
    ...routingHandlers({
      aliases,
      health,
      config: createConfigFile({ providers, aliases, keys: access }),
      preview: (request) => previewRoute(router, request, estimateTokens)
    }),
    ...systemHandlers({
      info,
      doctor: async () =>
        doctorChecks({
          dataDir,
          secrets: await secrets.status(),
          providers: providers.list(),
          localModels: await onDevice.models.list(),
          engine: await onDevice.status(),
          modelsDir: onDevice.modelsDir,
          notices
        }),
      setPaused(value) {
        paused = value
        publish({ type: 'gateway-changed', paused })
        parentStateChanged(parentState())
      },
      requestStop: () => setImmediate(() => stopRequested()),
      settings,
      spendToday: () => ledger.spendSince(startOf(Date.now(), 'day'))
    })
  }
  let onDeviceSettings = settings.get().onDevice
  settings.onChange((changed) => {
    if (changed.onDevice !== onDeviceSettings) onDevice.settingsChanged()
    onDeviceSettings = changed.onDevice
    observing.settingsChanged()
    publish({ type: 'settings-changed', settings: changed })
    parentStateChanged(parentState())
  })

  const gateway = createGateway({
    authenticate: access.authenticate,
    onRevoked: access.onRevoked,
    redeemCode: access.redeemCode,
    pipeline,
    models: () => [...aliasModels(aliases.list(), providers.models()), ...providers.models()],
    responses,
    onDevice,
    mcp: knowledge.mcp,
    appHandlers: handlers,
    metrics: observing.metrics,
    events,
    uiOrigins: options.uiOrigins,
    rendererDir,
    isPaused: () => paused,
    version,
    logger: log
  })
  const upkeep = createUpkeep({
    store,
    dataDir,
    logger: log,
    prune: async (now) => {
      for (const room of [traces, cache, reasoning, responses, alerts]) await room.prune(now)
    },
    onNotice: (notice) => notices.push(notice)
  })
  let closing: Promise<void> | null = null

  return {
    ...inProcessClient(handlers, events),
    async listen(wanted) {
      port = await gateway.listen(wanted)
      writeDaemonFile(dataDir, { pid: process.pid, port, version, controlToken: access.controlToken })
      log.info({ port, version }, 'Listening')
      observing.settingsChanged()
      knowledge.begin()
      upkeep.begin()
      alerts.begin()
      return port
    },
    mintLink,
    createSession: () => access.createSession().token,
    parentState,
    onParentState(listener) {
      parentStateChanged = listener
    },
    onNotice(listener) {
      noticeGiven = listener
    },
    onStopRequested(listener) {
      stopRequested = listener
    },
    close() {
      closing ??= (async () => {
        upkeep.end()
        // calls that run get a moment; after it no window can start another turn
        await gateway.close()
        await chats.close()
        await knowledge.close()
        await questions.close()
        await onDevice.close()
        await observing.close()
        await alerts.close()
        await traces.close()
        await store.close()
        if (port !== null) removeDaemonFile(dataDir)
        await log.close()
        lock.release()
      })()
      return closing
    }
  }
}
