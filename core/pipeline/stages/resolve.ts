import type { ModelTarget, Stage } from '../context.ts'

/** Finds the model an address names; throws `not-found` for one it does not know. */
export type ResolveModel = (address: string) => ModelTarget | Promise<ModelTarget>

/** Finds out who serves the model that the client named. */
export function resolveStage(resolve: ResolveModel): Stage {
  return async (context, next) => {
    const span = context.spans.start('resolve', 'stage')
    try {
      context.target = await resolve(context.model)
    } catch (thrown) {
      span.end({ status: 'error', note: thrown instanceof Error ? thrown.message : null })
      throw thrown
    }
    span.end({ note: `${context.target.provider.id}/${context.target.model}` })
    return next()
  }
}
