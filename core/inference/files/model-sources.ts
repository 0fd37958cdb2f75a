import { isAbsolute, relative } from 'node:path'
import { type FoundModel, fileFound, isOthersModelName } from './found-model.ts'
import { findJanModels } from './jan-models.ts'
import { findLmStudioModels } from './lm-studio-models.ts'
import { isModelName, walkFolder } from './model-files.ts'
import { findOllamaModels } from './ollama-models.ts'

/** Where models are, beside the models folder. */
export interface Elsewhere {
  /** Further folders that are looked through. */
  folders: readonly string[]
  /** Whether to look where Ollama, LM Studio and Jan keep theirs. */
  otherPrograms: boolean
}

export interface ModelPlaces {
  modelsDir: string
  elsewhere: Elsewhere
  /** The person's home folder. */
  home: string
  env: Readonly<Record<string, string | undefined>>
}

/** As deep as people sort what they download: publisher, model. */
const DEPTH = 2
/** Deep enough for the cache of Hugging Face's own tools. */
const WATCHED_DEPTH = 3

/**
 * Every file of this machine that may be a model; those of the models folder first. `folders` are those that were looked
 * into on the person's word, whose changes matter.
 */
export async function findModels(places: ModelPlaces): Promise<{ found: FoundModel[]; folders: string[] }> {
  const { modelsDir, elsewhere, home, env } = places
  const own = await walkFolder(modelsDir, DEPTH, isModelName)
  const found = own.files.map((path) => fileFound(path, 'folder'))
  const folders: string[] = []
  for (const folder of elsewhere.folders) {
    const walked = await walkFolder(folder, WATCHED_DEPTH, isOthersModelName)
    found.push(...walked.files.map((path) => fileFound(path, 'watched')))
    folders.push(...walked.folders)
  }
  if (elsewhere.otherPrograms) {
    found.push(...(await findOllamaModels(home, env)))
    found.push(...(await findLmStudioModels(home)))
    found.push(...(await findJanModels(home, env)))
  }
  return { found, folders }
}

/** Whether a file lies where the models folder is looked through. */
export function isInFolder(modelsDir: string, path: string): boolean {
  const inside = relative(modelsDir, path)
  const isBelow = inside !== '' && !inside.startsWith('..') && !isAbsolute(inside)
  return isBelow && inside.split(/[\\/]/).length <= DEPTH + 1
}
