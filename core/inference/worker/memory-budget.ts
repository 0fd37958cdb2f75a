import { statSync } from 'node:fs'
import type { EngineModel } from '../../contract/engine-frames.ts'
import { EngineError } from './engine-error.ts'

interface Resident {
  readonly bytes: number
  readonly active: { readonly size: number }
  readonly waiting: { readonly size: number }
  readonly lastUsedAt: number | null
}

/** Which models to take out of memory to free so many bytes: those that nobody uses first, and of them those unused longest. */
export function chooseVictims<T extends Resident>(residents: readonly T[], bytes: number): T[] {
  const isWanted = ({ active, waiting }: T) => Number(active.size + waiting.size > 0)
  const byUse = residents.toSorted(
    (a, b) => isWanted(a) - isWanted(b) || (a.lastUsedAt ?? 0) - (b.lastUsedAt ?? 0)
  )
  let freed = 0
  return byUse.filter((resident) => {
    const isNeeded = freed < bytes
    if (isNeeded) freed += resident.bytes
    return isNeeded
  })
}

/** Bytes a model is expected to take. Where nobody knows, the size of its file, which is less than it will be. */
export function expectedBytes(model: EngineModel): number {
  return model.memoryBytes ?? statSync(model.path, { throwIfNoEntry: false })?.size ?? 0
}

/** What to say of a model that needs more than models may take, or than could be free now. */
export function doesNotFit(neededBytes: number, budgetBytes: number, freeBytes: number): EngineError {
  const needs = `This model needs about ${sizeText(neededBytes)} of memory`
  const words =
    budgetBytes <= freeBytes
      ? `${needs}, and all models together may take ${sizeText(budgetBytes)} on this machine. Choose a smaller model or a shorter context, or let models take more.`
      : `${needs}, and only ${sizeText(freeBytes)} is free now. Close other programs, or choose a smaller model or a shorter context.`
  return new EngineError('does-not-fit', words)
}

function sizeText(bytes: number): string {
  return bytes < 100e6 ? `${(bytes / 1e6).toFixed(1)} MB` : `${(bytes / 1e9).toFixed(1)} GB`
}
