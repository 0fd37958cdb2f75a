import { basename } from 'node:path'
import type { LocalModel } from '../../contract/local-models.ts'
import { isModelName, stemOf } from './model-files.ts'

/** A file that may be a model. Nothing has looked into it yet. */
export interface FoundModel {
  path: string
  origin: LocalModel['origin']
  /** What its id is made of. */
  stem: string
  /** What the program that it is of calls it; null: as its header says. */
  name: string | null
}

export function fileFound(path: string, origin: LocalModel['origin']): FoundModel {
  return { path, origin, stem: stemOf(basename(path)), name: null }
}

/** Where others keep models, the parts that let one see are no models to be listed. */
export const isOthersModelName = (fileName: string): boolean =>
  isModelName(fileName) && !/(^|[-_.])mmproj/i.test(fileName)
