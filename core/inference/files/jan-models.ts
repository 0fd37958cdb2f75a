import { readFile } from 'node:fs/promises'
import { basename, dirname, isAbsolute, join, relative, sep } from 'node:path'
import { parse } from 'yaml'
import { z } from 'zod'
import { type FoundModel, fileFound, isOthersModelName } from './found-model.ts'
import { walkFolder } from './model-files.ts'

const settingsSchema = z.object({ data_folder: z.string() })
/** `model_path` is from the data folder, or absolute for a file that was imported where it is. */
const modelSchema = z.object({ model_path: z.string(), name: z.string().optional() })

/**
 * The models that Jan has: `llamacpp/models/<id>/model.yml` in its data folder names the file; before 0.6 they lay in
 * `~/jan/models/<id>/`. Layout: extensions/llamacpp-extension/src/index.ts of janhq/jan.
 */
export async function findJanModels(
  home: string,
  env: Readonly<Record<string, string | undefined>>
): Promise<FoundModel[]> {
  const places = [
    join(env.XDG_DATA_HOME ?? join(home, '.local', 'share'), 'Jan'),
    join(home, 'Library', 'Application Support', 'Jan'),
    join(env.APPDATA ?? join(home, 'AppData', 'Roaming'), 'Jan')
  ]
  const found: FoundModel[] = []
  for (const place of places) {
    const dataFolder = (await chosenFolder(join(place, 'settings.json'))) ?? join(place, 'data')
    const models = join(dataFolder, 'llamacpp', 'models')
    const { files } = await walkFolder(models, 4, (name) => name === 'model.yml')
    for (const file of files) {
      const model = await readModel(file)
      if (model === null || !isOthersModelName(basename(model.model_path))) continue
      const path = isAbsolute(model.model_path) ? model.model_path : join(dataFolder, model.model_path)
      const stem = relative(models, dirname(file)).split(sep).join('/')
      found.push({ path, origin: 'jan', stem, name: model.name ?? stem })
    }
  }
  const { files } = await walkFolder(join(home, 'jan', 'models'), 2, isOthersModelName)
  return [...found, ...files.map((path) => fileFound(path, 'jan'))]
}

async function readModel(file: string): Promise<z.infer<typeof modelSchema> | null> {
  try {
    return modelSchema.parse(parse(await readFile(file, 'utf8')))
  } catch {
    return null // being written, or of a form that is not known
  }
}

async function chosenFolder(settingsFile: string): Promise<string | null> {
  try {
    return settingsSchema.parse(JSON.parse(await readFile(settingsFile, 'utf8'))).data_folder
  } catch {
    return null // never started, or its settings have another form
  }
}
