import type { CallContext, CallResult, Stage } from './context.ts'

/**
 * One function out of stages that surround each other, first one outermost. A stage may skip the rest by not calling
 * `next`; calling it twice throws.
 */
export function compose(stages: readonly Stage[]): (context: CallContext) => Promise<CallResult> {
  const runFrom = async (index: number, context: CallContext): Promise<CallResult> => {
    const stage = stages[index]
    if (!stage) throw new Error('the last stage has no next')
    let called = false
    return stage(context, () => {
      if (called) throw new Error('a stage called next twice')
      called = true
      return runFrom(index + 1, context)
    })
  }
  return (context) => runFrom(0, context)
}
