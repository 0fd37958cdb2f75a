import {
  type LocalModelDetails,
  localModelSettingsSchema,
  type RunningModel
} from '../../contract/local-models.ts'
import { HomeportError } from '../../errors/homeport-error.ts'
import type { OnDeviceModels } from '../on-device-models.ts'

/** A usable chat model of four billion parameters, but for what is said of it. */
export const localModel = (id: string, more: Partial<LocalModelDetails> = {}): LocalModelDetails => ({
  id,
  name: id,
  kind: 'chat',
  path: `/models/${id}.gguf`,
  sizeBytes: 2_500_000_000,
  origin: 'folder',
  architecture: 'qwen3',
  parameters: 4_000_000_000,
  quantization: 'Q4_K_M',
  contextTokens: 40_960,
  hasChatTemplate: true,
  chatTemplateHash: 'a1b2',
  chatTemplate: '{{ messages }}',
  abilities: { tools: true, reasoning: true, vision: false, json: true },
  state: 'ready',
  problem: null,
  settings: localModelSettingsSchema.parse({}),
  fit: {
    verdict: 'cpu',
    contextTokens: 8192,
    memoryBytes: 3_700_000_000,
    gpuLayers: 0,
    layers: 36,
    perContext: []
  },
  speed: null,
  calibratedThreads: null,
  lastUsedAt: null,
  ...more
})

export const runningModel = (id: string, more: Partial<RunningModel> = {}): RunningModel => ({
  id,
  name: id,
  state: 'loaded',
  memoryBytes: 4_000_000_000,
  gpuLayers: 0,
  contextTokens: 8192,
  parallel: 2,
  threads: 2,
  active: 0,
  waiting: 0,
  loadedAt: 1,
  lastUsedAt: 1,
  unloadsAt: null,
  ...more
})

/** Models of a machine in a test. `running` is what is in memory: loading and unloading change it. */
export function smallOnDevice(files: readonly LocalModelDetails[] = []) {
  const running: RunningModel[] = []
  const find = (id: string): LocalModelDetails => {
    const file = files.find((each) => each.id === id)
    if (!file) throw new HomeportError('not-found', 'There is no such model.')
    return file
  }
  const onDevice: OnDeviceModels = {
    models: {
      list: async () => [...files],
      details: async (id) => find(id),
      async load(id) {
        running.push(runningModel(id))
        return find(id)
      },
      async unload(id) {
        const at = running.findIndex((model) => model.id === id)
        if (at !== -1) running.splice(at, 1)
        return find(id)
      }
    },
    status: async () => ({
      state: 'running',
      backend: 'CPU',
      devices: [],
      memory: { budgetBytes: 0, usedBytes: 0, systemTotalBytes: 0, systemFreeBytes: 0 },
      models: [...running]
    })
  }
  return { onDevice, running }
}
