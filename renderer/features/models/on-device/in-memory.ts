import type { EngineStatus, LocalModel } from '../../../../core/contract/local-models.ts'

/** The models with what the engine holds of them now, which may have changed since they were listed. */
export function withEngine(models: readonly LocalModel[], engine: EngineStatus | null): LocalModel[] {
  if (engine === null) return [...models]
  const running = new Map(engine.models.map((model) => [model.id, model]))
  return models.map((model) => {
    const now = running.get(model.id)
    if (now) return { ...model, state: now.state, lastUsedAt: now.lastUsedAt ?? model.lastUsedAt }
    const gone = model.state === 'loaded' || model.state === 'loading'
    return gone ? { ...model, state: 'ready' } : model
  })
}
