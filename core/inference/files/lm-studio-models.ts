import { readFile } from 'node:fs/promises'
import { isAbsolute, join } from 'node:path'
import { z } from 'zod'
import { type FoundModel, fileFound, isOthersModelName } from './found-model.ts'
import { walkFolder } from './model-files.ts'

const settingsSchema = z.object({ downloadsFolder: z.string() })

/**
 * The models that LM Studio has: `publisher/model/file.gguf` in its folder of models, which is that of its settings, of
 * today's versions, or of those before 0.3. Layout: https://lmstudio.ai/docs/app/advanced/import-model
 */
export async function findLmStudioModels(home: string): Promise<FoundModel[]> {
  const folders = [join(home, '.lmstudio', 'models'), join(home, '.cache', 'lm-studio', 'models')]
  const chosen = await chosenFolder(join(home, '.lmstudio', 'settings.json'))
  if (chosen !== null) folders.unshift(chosen)
  const found: FoundModel[] = []
  for (const folder of new Set(folders)) {
    const { files } = await walkFolder(folder, 2, isOthersModelName)
    found.push(...files.map((path) => fileFound(path, 'lm-studio')))
  }
  return found
}

async function chosenFolder(settingsFile: string): Promise<string | null> {
  try {
    const { downloadsFolder } = settingsSchema.parse(JSON.parse(await readFile(settingsFile, 'utf8')))
    return isAbsolute(downloadsFolder) ? downloadsFolder : null
  } catch {
    return null // never started, or its settings have another form
  }
}
