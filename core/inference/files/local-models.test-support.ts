import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { silentLogger } from '../../lib/logger.ts'
import type { Store } from '../../store/store.ts'
import { checkGguf } from './gguf-check.ts'
import { LocalModelRepository } from './local-model-repository.ts'
import { LocalModels, type LocalModelsOptions } from './local-models.ts'
import { ModelMeasuresRepository } from './model-measures-repository.ts'
import { ModelSettingsRepository } from './model-settings-repository.ts'

/** The models of a machine whose home, and in it the models folder, is `folder`; scanned once. */
export async function openLocalModels(
  folder: string,
  store: Store,
  change: Partial<LocalModelsOptions> = {}
): Promise<LocalModels> {
  const modelsDir = join(folder, 'models')
  mkdirSync(modelsDir, { recursive: true })
  const models = new LocalModels({
    repository: new LocalModelRepository(store),
    settings: new ModelSettingsRepository(store),
    measures: new ModelMeasuresRepository(store),
    modelsDir,
    check: checkGguf,
    logger: silentLogger,
    onChange: () => {},
    elsewhere: () => ({ folders: [], otherPrograms: true }),
    home: folder,
    env: {},
    ...change
  })
  await models.open()
  await models.scan()
  return models
}
