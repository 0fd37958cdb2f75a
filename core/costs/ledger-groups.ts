import type { LedgerEntry } from './ledger-entry.ts'

/** More names of features and projects than anyone reads sums by. */
const KNOWN_GROUPS = 2000

/** What calls are alike in that share a group, by its column; '' where one has none. */
export const groupColumns: Readonly<Record<string, (entry: LedgerEntry) => string>> = {
  provider_id: ({ providerId }) => providerId ?? '',
  provider_model: ({ providerModel }) => providerModel ?? '',
  caller_kind: ({ caller }) => caller.kind,
  caller_id: ({ caller }) => caller.id,
  caller_name: ({ caller }) => caller.name,
  feature: ({ labels }) => labels.feature ?? '',
  project: ({ labels }) => labels.project ?? '',
  status: ({ status }) => status,
  dialect: ({ dialect }) => dialect
}
export const groupParams = (entry: LedgerEntry): string[] =>
  Object.values(groupColumns).map((read) => read(entry))

/** Ids of the groups that calls were booked in lately. A group is never deleted. */
export class LedgerGroups {
  readonly #ids = new Map<string, number>()

  idOf(group: readonly string[]): number | null {
    return this.#ids.get(nameOf(group)) ?? null
  }

  note(group: readonly string[], id: number): void {
    if (this.#ids.size >= KNOWN_GROUPS) this.#ids.clear()
    this.#ids.set(nameOf(group), id)
  }
}

const nameOf = (group: readonly string[]): string => group.join('\u0000')
