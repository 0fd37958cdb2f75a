import type { TraceSummary } from '../../../../core/contract/traces.ts'

/** Calls of a list, newest first, as their ids sort. */
export type Calls = readonly TraceSummary[]

/**
 * A list with calls put in where they belong, or in the place of what was known of them. A call ends later than it
 * begins, so a new one need not be the first. One before the oldest comes with its page, where there are `more`.
 */
export function withCalls(list: Calls, arrived: Calls, more: boolean): TraceSummary[] {
  const oldest = list.at(-1)
  const calls = new Map(list.map((call) => [call.id, call]))
  for (const call of arrived) {
    const isOfLaterPage = more && oldest !== undefined && call.id < oldest.id
    if (!isOfLaterPage) calls.set(call.id, call)
  }
  return [...calls.values()].sort((a, b) => (a.id < b.id ? 1 : a.id > b.id ? -1 : 0))
}

export function withoutCalls(list: Calls, ids: ReadonlySet<string>): TraceSummary[] {
  return list.filter(({ id }) => !ids.has(id))
}

/** Those of a list that another has in newer form take it; nothing is added. */
export function updated(list: Calls, arrived: Calls): TraceSummary[] {
  const changed = new Map(arrived.map((call) => [call.id, call]))
  return list.map((call) => changed.get(call.id) ?? call)
}
