import type { WhatIf, WhatIfRequest } from '../contract/costs.ts'
import type { Cost, Usage } from '../contract/usage.ts'
import type { BookedCall } from './booked-call.ts'

/** A model by its provider's id and its own there. */
export interface ModelName {
  providerId: string
  model: string
}

export interface WhatIfParts {
  /** What a call of a model costs at a time, milliseconds UTC. */
  price(model: ModelName, usage: Usage, at: number): Cost
  /** The longest context of the models on this machine, in tokens; null without one. */
  onDeviceContext(): number | null
}

/** What a call would have cost; null where nobody knows, or where it could not have been. */
type Otherwise = (call: BookedCall) => number | null

/** Adds up what calls cost, and what they would have otherwise. `now` decides about prices: they are today's. */
export async function whatIf(
  calls: AsyncIterable<BookedCall>,
  instead: WhatIfRequest['instead'],
  parts: WhatIfParts,
  now: number
): Promise<WhatIf> {
  const { otherwise, note } = waysOf(instead, parts, now)
  const result: WhatIf = { calls: 0, leftOut: 0, actualNanoUsd: 0, otherwiseNanoUsd: 0, note }
  for await (const call of calls) {
    const actual = actualCost(call)
    const other = actual === null ? null : costsNothingAnyway(call) ? 0 : otherwise(call)
    if (actual === null || other === null) result.leftOut++
    else {
      result.calls++
      result.actualNanoUsd += actual
      result.otherwiseNanoUsd += other
    }
  }
  return result
}

function waysOf(
  instead: WhatIfRequest['instead'],
  parts: WhatIfParts,
  now: number
): { otherwise: Otherwise; note: string } {
  switch (instead.kind) {
    case 'model':
      return onModel(instead.model, parts, now)
    case 'on-device':
      return onDevice(parts)
    case 'cached':
      return cached()
  }
}

/** Model ids may hold slashes themselves. */
function onModel(address: string, { price }: WhatIfParts, now: number) {
  const slash = address.indexOf('/')
  const name = { providerId: address.slice(0, slash), model: address.slice(slash + 1) }
  return {
    otherwise: ({ dialect, usage }: BookedCall) => {
      if (!usage || !isChat(dialect)) return null
      const cost = price(name, usage, now)
      if (cost.kind === 'free') return 0
      return cost.kind === 'priced' ? cost.nanoUsd : null
    },
    note: 'The same tokens at today’s prices of that model. It may split text into more or fewer tokens, and answer at another length.'
  }
}

function onDevice({ onDeviceContext }: WhatIfParts) {
  const context = onDeviceContext()
  const fits = ({ input, output }: Usage): boolean =>
    !input.audio && !input.image && input.total + output.total <= (context ?? Number.POSITIVE_INFINITY)
  return {
    otherwise: ({ dialect, usage }: BookedCall) => (usage && isChat(dialect) && fits(usage) ? 0 : null),
    note:
      context === null
        ? 'There is no model on this machine yet. Only chats of text are counted.'
        : `Only chats of text of up to ${context} tokens are counted: that is the longest context of a model on this machine. How long it would take is not.`
  }
}

/** Byte for byte the same request of the same program, after one that was answered. */
function cached() {
  const answered = new Set<string>()
  return {
    otherwise: (call: BookedCall) => {
      if (call.callerKind === 'app' || !isChat(call.dialect)) return booked(call)
      if (!call.requestHash) return null
      const request = `${call.callerId} ${Buffer.from(call.requestHash).toString('latin1')}`
      if (answered.has(request)) return 0
      if (call.status === 'ok') answered.add(request)
      return booked(call)
    },
    note: 'Repetitions of a request within the period, byte for byte and by the same program, as if its first answer had been kept all the time.'
  }
}

/** What it cost; null where nobody knows. */
function actualCost(call: BookedCall): number | null {
  return costsNothingAnyway(call) ? 0 : booked(call)
}

const booked = ({ cost }: BookedCall): number | null =>
  cost.kind === 'priced' ? cost.nanoUsd : cost.kind === 'free' ? 0 : null

/** Out of the cache, or refused before anything was charged: another model would not have changed that. */
const costsNothingAnyway = ({ cache, status, usage, providerId }: BookedCall): boolean =>
  cache === 'hit' || providerId === null || (status === 'error' && usage === null)

const chatDialects: ReadonlySet<string> = new Set([
  'openai-chat',
  'openai-responses',
  'openai-completions',
  'anthropic-messages',
  'google-generate',
  'ollama-chat',
  'ollama-generate',
  'cohere-chat'
])
/** Other models do not embed, rank or draw for a chat's price. */
const isChat = (dialect: string): boolean => chatDialects.has(dialect)
