import type { LocalModel } from '../contract/local-models.ts'
import type { ProviderModel } from '../providers/spec/provider.ts'
import type { Engine, EngineCall } from './engine/engine.ts'
import { engineModelOf } from './engine/engine-model.ts'
import type { LocalModels } from './files/local-models.ts'
import type { KnownModel } from './files/model-list.ts'
import { type ModelFits, shownFit } from './fit/model-fits.ts'
import type { LocalModelList } from './on-device-spec.ts'
import type { RunnableModel } from './provider/on-device-provider.ts'

interface Parts {
  models: LocalModels
  engine: Engine
  fits: ModelFits
}

/** The person's own doings take turns with those of programs. */
const OWNER = 'models'

/** The list of model files, with what the engine and this machine make of each. */
export function createLocalModelList(parts: Parts, onChange: () => void): LocalModelList {
  const { models, engine } = parts
  const described = (id: string) => describeModel(parts, models.get(id))
  const callOf = async (id: string, signal: AbortSignal): Promise<[KnownModel, EngineCall]> => {
    const model = await models.usable(id)
    engine.pardon(model.path)
    const { path, engineModel } = runnableModel(parts, model)
    return [model, { owner: OWNER, path, model: engineModel, signal }]
  }

  return {
    async list() {
      await models.scan()
      return models.known().map((model) => describeModel(parts, model))
    },

    async details(id) {
      const chatTemplate = await models.chatTemplate(id)
      return { ...described(id), chatTemplate }
    },

    async add(path) {
      const model = await models.add(path)
      engine.pardon(model.path)
      return describeModel(parts, model)
    },

    async remove(id, options) {
      await engine.unload(models.get(id).path)
      await models.remove(id, options)
    },

    async saveSettings(id, settings) {
      const model = await models.saveSettings(id, settings)
      engine.pardon(model.path)
      return described(id)
    },

    async load(id, signal) {
      const [model, call] = await callOf(id, signal)
      await engine.load(model.kind, call)
      return described(id)
    },

    async unload(id) {
      await engine.unload(models.get(id).path)
      return described(id)
    },

    async calibrate(id, signal) {
      const [, call] = await callOf(id, signal)
      const { threads, tried, promptTokensPerSecond } = await engine.calibrate(call)
      const best = tried.find((attempt) => attempt.threads === threads)
      await models.saveMeasures(id, {
        calibratedThreads: threads,
        promptTokensPerSecond,
        ...(best && { outputTokensPerSecond: best.tokensPerSecond })
      })
      onChange()
      return described(id)
    }
  }
}

/** The models that can be used, as a provider lists them. */
export function offeredModels({ models, engine, fits }: Parts): ProviderModel[] {
  const usable = models.known().filter((model) => stateOf(engine, model).problem === null)
  return usable.map((model) => ({
    id: model.id,
    name: model.name,
    kind: model.kind,
    contextTokens: fits.of(model).contextTokens ?? model.contextTokens,
    abilities: abilitiesOf(model)
  }))
}

/** A known model as it is to be run. */
export function runnableModel({ models, fits }: Parts, model: KnownModel): RunnableModel {
  const { id, name, kind, path, settings } = model
  return {
    id,
    name,
    kind,
    path,
    settings,
    abilities: abilitiesOf(model),
    engineModel() {
      const draft = models.known().find((other) => other.id === settings.draftModel)
      return engineModelOf(path, settings, {
        fit: fits.of(model),
        calibratedThreads: model.measures.calibratedThreads,
        draftPath: draft === undefined || draft.missing || draft.problem !== null ? null : draft.path
      })
    }
  }
}

/** A known model as all see it. */
function describeModel({ engine, fits }: Parts, model: KnownModel): LocalModel {
  const { promptTokensPerSecond, outputTokensPerSecond, calibratedThreads, lastUsedAt } = model.measures
  return {
    id: model.id,
    name: model.name,
    kind: model.kind,
    path: model.path,
    sizeBytes: model.sizeBytes,
    origin: model.origin,
    architecture: model.architecture,
    parameters: model.parameters,
    quantization: model.quantization,
    contextTokens: model.contextTokens,
    hasChatTemplate: model.chatTemplateSha256 !== null,
    chatTemplateHash: model.chatTemplateSha256,
    abilities: abilitiesOf(model),
    ...stateOf(engine, model),
    settings: model.settings,
    fit: shownFit(fits.of(model)),
    speed:
      outputTokensPerSecond === null
        ? null
        : { prompt: promptTokensPerSecond, output: outputTokensPerSecond },
    calibratedThreads,
    lastUsedAt
  }
}

/** The engine reads text only, and can hold every chat model to JSON. */
const abilitiesOf = ({ kind, abilities }: KnownModel): LocalModel['abilities'] => ({
  ...abilities,
  vision: false,
  json: kind === 'chat'
})

/** Whether it can be used, and whether it is in memory. */
export function stateOf(engine: Engine, model: KnownModel): Pick<LocalModel, 'state' | 'problem'> {
  if (model.missing) return { state: 'missing', problem: 'its file is not where it was' }
  if (model.problem !== null) return { state: 'broken', problem: model.problem }
  if (engine.isQuarantined(model.path)) {
    return {
      state: 'broken',
      problem:
        'it stopped the engine twice in a row; load it or change its settings to give it another chance'
    }
  }
  const states = engine.models.filter(({ path }) => path === model.path).map(({ state }) => state)
  if (states.includes('loaded')) return { state: 'loaded', problem: null }
  return { state: states.length > 0 ? 'loading' : 'ready', problem: null }
}
