import { readFile } from 'node:fs/promises'
import { isAbsolute, join } from 'node:path'
import { z } from 'zod'
import { type FoundModel, fileFound, isOthersModelName } from './found-model.ts'
import { walkFolder } from './model-files.ts'

const settingsSchema = z.object({ downloadsFolder: z.string() })

/**
 * The models that LM Studio has: `publisher/model/file.gguf` in its folder of models. That is in the home of today's
 * versions, of those before 0.3, where `.lmstudio-home-pointer` says, or as the settings say.
 * Layout: https://lmstudio.ai/docs/app/advanced/import-model
 */
export async function findLmStudioModels(home: string): Promise<FoundModel[]> {
  const pointer = (await readText(join(home, '.lmstudio-home-pointer'))).trim()
  const homes = [pointer, join(home, '.lmstudio'), join(home, '.cache', 'lm-studio')].filter(isAbsolute)
  const folders = new Set<string>()
  for (const folder of homes) {
    const chosen = chosenFolder(await readText(join(folder, 'settings.json')))
    if (chosen !== null) folders.add(chosen)
    folders.add(join(folder, 'models'))
  }
  const found: FoundModel[] = []
  for (const folder of folders) {
    const { files } = await walkFolder(folder, 2, isOthersModelName)
    found.push(...files.map((path) => fileFound(path, 'lm-studio')))
  }
  return found
}

function chosenFolder(settings: string): string | null {
  try {
    const { downloadsFolder } = settingsSchema.parse(JSON.parse(settings))
    return isAbsolute(downloadsFolder) ? downloadsFolder : null
  } catch {
    return null // never started, or its settings have another form
  }
}

/** Empty where there is no such file. */
const readText = (path: string) => readFile(path, 'utf8').catch(() => '')
