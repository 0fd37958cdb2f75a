import type { CallContext, CallResult, Stage } from './context.ts'

/**
 * One function out of stages that surround each other, first one outermost. A stage may skip the rest by not calling
 * `next`; calling it twice rejects. Not every step is an async function: each of those would cost every call a promise more.
 */
export function compose(stages: readonly Stage[]): (context: CallContext) => Promise<CallResult> {
  const runFrom = (index: number, context: CallContext): Promise<CallResult> => {
    const stage = stages[index]
    if (!stage) return Promise.reject(new Error('the last stage has no next'))
    let called = false
    return stage(context, () => {
      if (called) return Promise.reject(new Error('a stage called next twice'))
      called = true
      return runFrom(index + 1, context)
    })
  }
  return (context) => runFrom(0, context)
}
