import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import type { SpawnChild } from '../contract/daemon-messages.ts'
import type { Download } from '../contract/downloads.ts'
import type { EngineStatus } from '../contract/local-models.ts'
import type { OnDeviceSettings } from '../contract/settings.ts'
import type { Logger } from '../lib/logger.ts'
import { throttle } from '../lib/throttle.ts'
import type { Reader, Writer } from '../store/store.ts'
import { createOnDeviceCatalog } from './catalog/on-device-catalog.ts'
import { DownloadRepository } from './downloads/download-repository.ts'
import { openDownloads } from './downloads/downloads.ts'
import { Engine, type EngineOptions } from './engine/engine.ts'
import { runningModels, usedBytes } from './engine/engine-status.ts'
import { checkGguf } from './files/gguf-check.ts'
import { LocalModelRepository } from './files/local-model-repository.ts'
import { LocalModels } from './files/local-models.ts'
import type { KnownModel } from './files/model-list.ts'
import { ModelMeasuresRepository } from './files/model-measures-repository.ts'
import { ModelSettingsRepository } from './files/model-settings-repository.ts'
import { readMachine } from './fit/machine.ts'
import { ModelFits } from './fit/model-fits.ts'
import { hubAddress } from './hub/hub-address.ts'
import { createHubHttp } from './hub/hub-http.ts'
import { createHubToken, type TokenStore } from './hub/hub-token.ts'
import { createLocalModelList, offeredModels, runnableModel, stateOf } from './local-model-list.ts'
import type { OnDevice } from './on-device-spec.ts'
import { createOnDeviceProvider } from './provider/on-device-provider.ts'
import { UseMeter } from './provider/use-meter.ts'

/** What is told to whoever shows it. */
export interface OnDeviceEvents {
  /** The list of models changed, or what is said of one. */
  modelsChanged(): void
  /** What is in the engine's memory, or how busy it is. At most twice a second. */
  engineChanged(): void
  /** At most twice a second for each. */
  downloadChanged(download: Download): void
  downloadRemoved(id: string): void
}

export interface OnDeviceOptions extends Pick<EngineOptions, 'idleMs' | 'pingMs'> {
  store: Writer & { readonly homeport: Reader }
  /** A prepared data folder; models are looked for in its `models`. */
  dataDir: string
  spawnChild: SpawnChild
  logger: Logger
  /** As they are now. After a change, call `settingsChanged` of what is opened here. */
  settings: () => OnDeviceSettings
  /** Keeps the person's tokens of model hubs. */
  secrets: TokenStore
  events: OnDeviceEvents
  /** The person's home folder, where other programs keep their models. */
  home: string
  /** For the variables that name proxies, and folders of other programs. */
  env: Readonly<Record<string, string | undefined>>
}

const EVENT_INTERVAL_MS = 500
/** Who looks at the catalog waits so long for the devices to be known; then it is told again. */
const DETECT_WAIT_MS = 4000

/** Resolves at once with what was known before; the disk is looked at in the background. */
export async function openOnDevice(options: OnDeviceOptions): Promise<OnDevice> {
  const { store, dataDir, logger, settings, events } = options
  const modelsDir = join(dataDir, 'models')
  const engineChanged = throttle(events.engineChanged, EVENT_INTERVAL_MS)
  let listed = ''
  const engine = new Engine({
    ...options,
    memoryBudget: () => fits.budget().total,
    onChange() {
      engineChanged.call()
      // what is in memory changes often, and is the engine's to say; a model given up on, or what all have to fit, is news
      const broken = models.known().filter((model) => stateOf(engine, model).state === 'broken')
      const now = JSON.stringify([broken.map(({ id }) => id), engine.emptyDevices])
      if (now !== listed) events.modelsChanged()
      listed = now
    }
  })
  const fits = new ModelFits({
    devices: () => engine.emptyDevices,
    limitMegabytes: () => settings().memoryMegabytes
  })
  const models = new LocalModels({
    repository: new LocalModelRepository(store),
    settings: new ModelSettingsRepository(store),
    measures: new ModelMeasuresRepository(store),
    modelsDir,
    check: checkGguf,
    elsewhere: settings,
    home: options.home,
    env: options.env,
    logger,
    onChange() {
      events.modelsChanged()
      unloadGone(engine, models)
    }
  })
  const parts = { models, engine, fits }
  const replaced = fileVersions()
  const meter = new UseMeter({
    async save(id, measured) {
      await models.saveMeasures(id, measured)
      events.modelsChanged()
    },
    logger
  })
  const look = () => {
    models
      .scan()
      .catch((error: unknown) => logger.error({ error: String(error) }, 'models could not be looked up'))
  }
  const list = createLocalModelList(parts, events.modelsChanged)

  const hub = () => hubAddress(settings().mirrorUrl)
  const token = createHubToken(options.secrets, hub)
  const http = createHubHttp({ token: token.read, env: options.env })
  const catalog = createOnDeviceCatalog({
    http,
    hub,
    modelsDir,
    fitOf: (model) => fits.ofOffered(model),
    idOfPath: (path) => models.known().find((model) => model.path === path && !model.missing)?.id ?? null
  })

  await models.open()
  look()
  const downloads = await openDownloads({
    repository: new DownloadRepository(store),
    http,
    hub,
    modelsDir,
    check: checkGguf,
    installed: async (path) => (await list.add(path)).id,
    knownSha256: catalog.knownSha256,
    parallel: () => settings().parallelDownloads,
    logger,
    onChange: events.downloadChanged,
    onRemove: events.downloadRemoved
  })

  return {
    modelsDir,
    models: list,
    catalog: {
      ...catalog,
      // before the engine ran once, nobody knows of a GPU: what fits would be said wrongly
      async list() {
        await Promise.race([engine.detect(), sleep(DETECT_WAIT_MS, undefined, { ref: false })])
        return catalog.list()
      }
    },
    downloads,
    hub: token,
    backend: () => engine.backend,
    async status() {
      void engine.detect()
      return statusOf(engine, fits, models.known())
    },
    provider: createOnDeviceProvider({
      engine,
      listModels: () => offeredModels(parts),
      async runnable(id) {
        const model = await models.usable(id)
        if (replaced(model)) await forgetLoaded(engine, model)
        return runnableModel(parts, model)
      },
      onUsed: (id) => meter.used(id),
      onAnswered: (id, end) => meter.answered(id, end)
    }),
    settingsChanged() {
      engine.budgetChanged()
      downloads.parallelChanged()
      look()
    },
    async close() {
      engineChanged.cancel()
      await downloads.close()
      models.close()
      await engine.close()
      await meter.flush()
      await http.close()
    }
  }
}

/** Tells of a model whether its file is another one than when it was asked for last. */
function fileVersions(): (model: KnownModel) => boolean {
  const versions = new Map<string, string>()
  return ({ path, sizeBytes, modifiedAt }) => {
    const before = versions.get(path)
    const version = `${sizeBytes} ${modifiedAt}`
    versions.set(path, version)
    return before !== undefined && before !== version
  }
}

/** What the engine did with a file is nothing against the one that has taken its place. */
async function forgetLoaded(engine: Engine, { path }: KnownModel): Promise<void> {
  engine.pardon(path)
  await engine.unload(path)
}

/** A model that is no longer there takes no memory any longer, either. */
function unloadGone(engine: Engine, models: LocalModels): void {
  const there = new Set(models.known().flatMap(({ path, missing }) => (missing ? [] : [path])))
  for (const { path } of engine.models) if (!there.has(path)) void engine.unload(path)
}

function statusOf(engine: Engine, fits: ModelFits, known: readonly KnownModel[]): EngineStatus {
  const { memory } = readMachine({ devices: [...engine.devices] })
  return {
    state: engine.state,
    backend: engine.backend,
    devices: [...engine.devices],
    memory: {
      budgetBytes: fits.budget().total,
      usedBytes: usedBytes(engine.models),
      systemTotalBytes: memory.totalBytes,
      systemFreeBytes: memory.freeBytes
    },
    models: runningModels(engine.models, (path) => known.find((model) => model.path === path))
  }
}
