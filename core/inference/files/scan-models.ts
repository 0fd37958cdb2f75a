import { realpath } from 'node:fs/promises'
import { type CheckFiles, examineModel } from './examine-model.ts'
import { type FoundModel, fileFound } from './found-model.ts'
import { statModel } from './model-files.ts'
import type { KnownModel, ModelList } from './model-list.ts'

/**
 * Brings the list up to what was found: checks what is new or changed, forgets what is gone, and marks as missing what the
 * person had added. Says whether anything changed.
 */
export async function scanModels(
  list: ModelList,
  found: readonly FoundModel[],
  check: CheckFiles
): Promise<boolean> {
  const added = list
    .all()
    .filter((model) => model.origin === 'added')
    .map((model) => fileFound(model.path, 'added'))
  const inFolder = found.filter((model) => model.origin === 'folder')
  const elsewhere = found.filter((model) => model.origin !== 'folder')
  const wanted = await withoutRepeats([...inFolder, ...added, ...elsewhere])

  let changed = false
  const paths = new Set(wanted.map((model) => model.path))
  for (const model of list.all()) {
    if (paths.has(model.path)) continue
    await list.forget(model.id)
    changed = true
  }
  for (const model of wanted) {
    if (await bringUpToDate(list, model, check)) changed = true
  }
  return changed
}

async function bringUpToDate(list: ModelList, found: FoundModel, check: CheckFiles): Promise<boolean> {
  const before = list.at(found.path)
  const files = await statModel(found.path)
  if (files === null) {
    if (before === undefined || before.missing) return false
    if (found.origin === 'added') list.setMissing(before.id, true)
    else await list.forget(before.id)
    return true
  }
  if (before !== undefined && isCurrent(before, files) && isCalled(before, found)) {
    if (!before.missing) return false
    list.setMissing(before.id, false)
    return true
  }
  await list.keep(await examineModel(before?.id ?? list.freeId(found.stem), found, files, check))
  return true
}

/** A file that can be reached in several ways is one model: that of the first way. */
async function withoutRepeats(found: readonly FoundModel[]): Promise<FoundModel[]> {
  const byRealPath = new Map<string, FoundModel>()
  for (const model of found) {
    const path = await realpath(model.path).catch(() => model.path)
    if (!byRealPath.has(path)) byRealPath.set(path, model)
  }
  return [...byRealPath.values()]
}

/** Whether a model's files are as they were when they were checked. */
export const isCurrent = (model: KnownModel, files: { sizeBytes: number; modifiedAt: number }): boolean =>
  model.sizeBytes === files.sizeBytes && model.modifiedAt === files.modifiedAt

const isCalled = (model: KnownModel, found: FoundModel) =>
  model.origin === found.origin && (found.name === null || found.name === model.name)
