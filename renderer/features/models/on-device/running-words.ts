import type { EngineStatus, RunningModel } from '../../../../core/contract/local-models.ts'

/** When a model leaves the memory, as its row says it. */
export function unloadWords({ unloadsAt, active, waiting }: RunningModel, now: number): string {
  if (active + waiting > 0) return 'when idle'
  if (unloadsAt === null) return 'stays'
  const minutes = Math.ceil((unloadsAt - now) / 60_000)
  if (minutes <= 1) return 'in a minute'
  return minutes < 120 ? `in ${minutes} min` : `in ${Math.round(minutes / 60)} h`
}

/** What it is busy with. */
export function requestWords({ state, active, waiting }: RunningModel): string {
  if (state === 'loading') return waiting > 0 ? `loading, ${waiting} waiting` : 'loading'
  if (active === 0 && waiting === 0) return 'idle'
  return waiting === 0 ? `${active} answering` : `${active} answering, ${waiting} waiting`
}

export interface MemoryPart {
  id: string
  name: string
  bytes: number
  /** Of the bar, 0 to 1. */
  part: number
}

/** The memory bar's parts: every model's share of what models may take together; of all they do take, where that is more. */
export function memoryParts({ memory, models }: EngineStatus): MemoryPart[] {
  const sum = models.reduce((bytes, model) => bytes + model.memoryBytes, 0)
  const whole = Math.max(memory.budgetBytes, memory.usedBytes, sum, 1)
  return models.map(({ id, name, memoryBytes }) => ({
    id,
    name,
    bytes: memoryBytes,
    part: memoryBytes / whole
  }))
}
