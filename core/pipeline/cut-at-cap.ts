import type { Hold } from '../budgets/hold.ts'
import type { ScopedCall } from '../budgets/scoped-call.ts'
import type { ChatEvent } from '../providers/spec/chat.ts'
import type { CallContext, CallResult, ModelTarget } from './context.ts'
import type { RunningUsage } from './running-usage.ts'
import type { PriceCall } from './stages/settle.ts'

/** Money is set aside for so many tokens at once, so that few events have to be priced. */
const TOKENS_AHEAD = 500

export interface CutOptions {
  context: CallContext
  target: ModelTarget
  call: ScopedCall
  hold: Hold
  running: RunningUsage
  price: PriceCall
}

/**
 * The same answer, for which more is set aside as it grows. Where nothing is left the upstream is stopped, and the answer
 * ends as one does that reaches its limit of tokens; it counts as answered, with what was used until then.
 */
export function cutAtCap(result: CallResult, options: CutOptions): CallResult {
  const { context, running } = options
  const source = result.events[Symbol.asyncIterator]()
  const paid = new PaidAhead(options)
  let state: 'open' | 'cut' | 'ended' = 'open'
  let isCut = false

  const iterator: AsyncIterator<ChatEvent> = {
    async next() {
      if (state === 'ended') return { done: true, value: undefined }
      if (state === 'cut') {
        state = 'ended'
        return { done: false, value: ending(running) }
      }
      const event = await source.next()
      if (event.done) return event
      const cutBy = paid.pays(event.value)
      if (cutBy !== null) {
        state = 'cut'
        isCut = true
        const note = `budget "${cutBy}" was used up in the middle of the answer, which was cut there`
        context.warnings.push(note)
        context.spans.start('budget', 'stage').end({ note })
        // it ends with this, whatever the upstream makes of it
        void source.return?.()
      }
      return event
    },
    async return() {
      state = 'ended'
      return (await source.return?.()) ?? { done: true, value: undefined }
    }
  }
  const done = result.done.then((outcome) =>
    isCut
      ? { ...outcome, status: 'ok' as const, error: null, finish: 'length' as const, usage: running.usage() }
      : outcome
  )
  return { ...result, events: { [Symbol.asyncIterator]: () => iterator }, done }
}

class PaidAhead {
  readonly #options: CutOptions
  #tokens = 0
  /** The answer is over; what follows are counts. */
  #isOver = false

  constructor(options: CutOptions) {
    this.#options = options
  }

  /** The name of the budget that does not pay for the event; null where all do, and where the answer is over anyway. */
  pays(event: ChatEvent): string | null {
    const { running } = this.#options
    if (running.add(event)) this.#tokens = 0
    this.#isOver ||= event.parts.some(({ type }) => type === 'finish')
    if (this.#isOver) return null
    const tokens = running.outputTokens
    if (tokens < this.#tokens) return null
    if (this.#setAside(TOKENS_AHEAD) === null) {
      this.#tokens = tokens + TOKENS_AHEAD
      return null
    }
    return this.#setAside(0)
  }

  #setAside(ahead: number): string | null {
    const { hold, call, price, running, target } = this.#options
    const cost = price(target.provider.pricing, target.model, running.usage(ahead))
    return cost.kind === 'priced' ? (hold.grow(call, cost.nanoUsd)?.definition.name ?? null) : null
  }
}

const ending = (running: RunningUsage): ChatEvent => ({
  parts: [
    { type: 'usage', usage: running.usage() },
    { type: 'finish', reason: 'length' }
  ],
  isCut: true
})
