import type { EngineModelState } from '../../contract/engine-frames.ts'
import type { EngineStatus, RunningModel } from '../../contract/local-models.ts'

/**
 * What is in the engine's memory, by the ids of the list of models. A file that is loaded for two purposes is one model;
 * one that is no longer in the list is not shown.
 */
export function runningModels(
  states: readonly EngineModelState[],
  find: (path: string) => { id: string; name: string } | undefined
): RunningModel[] {
  const byPath = new Map<string, EngineModelState>()
  for (const state of states) {
    const other = byPath.get(state.path)
    byPath.set(state.path, other === undefined ? state : together(other, state))
  }
  return [...byPath.values()].flatMap(({ path, ...state }) => {
    const model = find(path)
    return model === undefined ? [] : [{ id: model.id, name: model.name, ...state }]
  })
}

function together(one: EngineModelState, other: EngineModelState): EngineModelState {
  const main = one.state === 'loaded' ? one : other
  return {
    ...main,
    memoryBytes: one.memoryBytes + other.memoryBytes,
    active: one.active + other.active,
    waiting: one.waiting + other.waiting,
    lastUsedAt: latest(one.lastUsedAt, other.lastUsedAt),
    unloadsAt:
      one.unloadsAt === null || other.unloadsAt === null ? null : latest(one.unloadsAt, other.unloadsAt)
  }
}

const latest = (one: number | null, other: number | null) =>
  one === null || other === null ? (one ?? other) : Math.max(one, other)

/** Bytes of all models in memory. */
export const usedBytes = (states: readonly EngineModelState[]): EngineStatus['memory']['usedBytes'] =>
  states.reduce((sum, { memoryBytes }) => sum + memoryBytes, 0)
