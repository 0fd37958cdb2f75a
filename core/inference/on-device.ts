import { join } from 'node:path'
import type { SpawnChild } from '../contract/daemon-messages.ts'
import { MAX_CONTEXT_TOKENS } from '../contract/inference-frames.ts'
import { type LocalModel, localModelSettingsSchema } from '../contract/local-models.ts'
import type { Logger } from '../lib/logger.ts'
import type { ChatAnswer, ChatCall, ChatEvent } from '../providers/spec/chat.ts'
import type { ModelProvider } from '../providers/spec/provider.ts'
import type { Reader, Writer } from '../store/store.ts'
import { toEngineChat } from './engine/chat-request.ts'
import { Engine, type EngineOptions } from './engine/engine.ts'
import type { EngineEvent } from './engine/engine-process.ts'
import { checkGguf } from './files/gguf-check.ts'
import { LocalModelRepository } from './files/local-model-repository.ts'
import { type KnownModel, LocalModels } from './files/local-models.ts'

export interface OnDeviceOptions extends Pick<EngineOptions, 'idleMs' | 'pingMs'> {
  store: Writer & { readonly homeport: Reader }
  /** A prepared data folder; models are looked for in its `models`. */
  dataDir: string
  spawnChild: SpawnChild
  logger: Logger
  /** Called after the list of models, the state of one, or the engine's backend changed. */
  onChange: () => void
}

/** Models that run on this machine: the provider that answers with them, and the list of their files. */
export interface OnDevice {
  readonly provider: ModelProvider
  readonly models: {
    /** All files, also those that cannot be used, as they are on disk now. */
    list(): Promise<LocalModel[]>
    /** Adds a file by its full path. Throws `bad-request`, or `model-broken` for a file that fails its check. */
    add(path: string): Promise<LocalModel>
    /** Forgets a model added by path. Throws `not-found`, or `conflict` for one in the models folder. */
    remove(id: string): Promise<void>
  }
  readonly modelsDir: string
  /** What the engine computes on; null until it ran once. */
  backend(): string | null
  /** Ends the engine's process. */
  close(): Promise<void>
}

/** Resolves at once with what was known before; the disk is looked at in the background. */
export async function openOnDevice(options: OnDeviceOptions): Promise<OnDevice> {
  const { store, dataDir, logger, onChange } = options
  const modelsDir = join(dataDir, 'models')
  const engine = new Engine(options)
  const repository = new LocalModelRepository(store)
  const models = new LocalModels({ repository, modelsDir, check: checkGguf, logger, onChange })
  await models.open()
  models
    .scan()
    .catch((error: unknown) => logger.error({ error: String(error) }, 'models could not be looked up'))

  const describe = (model: KnownModel): LocalModel => ({
    id: model.id,
    name: model.name,
    path: model.path,
    sizeBytes: model.sizeBytes,
    origin: model.origin,
    architecture: model.architecture,
    parameters: model.parameters,
    quantization: model.quantization,
    contextTokens: model.contextTokens,
    kind: 'chat',
    hasChatTemplate: model.chatTemplateSha256 !== null,
    chatTemplateHash: model.chatTemplateSha256,
    abilities: { tools: false, reasoning: false, vision: false, json: true },
    settings: localModelSettingsSchema.parse({}),
    fit: {
      verdict: 'unknown',
      contextTokens: null,
      memoryBytes: null,
      gpuLayers: null,
      layers: null,
      perContext: []
    },
    speed: null,
    calibratedThreads: null,
    lastUsedAt: null,
    ...stateOf(model, engine)
  })

  return {
    modelsDir,
    backend: () => engine.backend,
    models: {
      async list() {
        await models.scan()
        return models.known().map(describe)
      },
      async add(path) {
        const model = await models.add(path)
        engine.pardon(model.path)
        return describe(model)
      },
      remove: (id) => models.remove(id)
    },
    provider: {
      id: 'on-device',
      name: 'On this device',
      kind: 'on-device',
      onDevice: true,
      pricing: 'free',
      listModels: () =>
        models
          .known()
          .filter((model) => ['ready', 'loaded'].includes(stateOf(model, engine).state))
          .map(({ id, name, contextTokens }) => ({
            id,
            name,
            contextTokens: contextTokens === null ? null : Math.min(contextTokens, MAX_CONTEXT_TOKENS),
            abilities: { vision: false, tools: false, json: true }
          })),
      async chat(call: ChatCall): Promise<ChatAnswer> {
        const model = await models.usable(call.model)
        const { chat, warnings } = toEngineChat(call.request(), model.path)
        const events = await engine.chat(chat, call.signal)
        return { wireDialect: null, headers: {}, warnings, events: chatEvents(events) }
      }
    },
    async close() {
      models.close()
      await engine.close()
    }
  }
}

function stateOf(model: KnownModel, engine: Engine): Pick<LocalModel, 'state' | 'problem'> {
  if (model.missing) return { state: 'missing', problem: 'its file is not where it was' }
  if (model.problem !== null) return { state: 'broken', problem: model.problem }
  if (engine.isQuarantined(model.path)) {
    return {
      state: 'broken',
      problem: 'it stopped the engine twice in a row; add it again to give it another chance'
    }
  }
  return { state: engine.loadedModel === model.path ? 'loaded' : 'ready', problem: null }
}

async function* chatEvents(events: AsyncIterable<EngineEvent>): AsyncGenerator<ChatEvent, void, undefined> {
  for await (const event of events) {
    if (event.type === 'end') {
      yield {
        parts: [
          { type: 'finish', reason: event.finish },
          { type: 'usage', usage: event.usage }
        ]
      }
      continue
    }
    const parts: ChatEvent['parts'] = []
    if (event.reasoning !== '') parts.push({ type: 'reasoning-delta', text: event.reasoning })
    if (event.text !== '') parts.push({ type: 'text-delta', text: event.text })
    yield { parts }
  }
}
