import { create } from 'zustand'

interface Selection {
  /** Whether calls are chosen rather than opened. */
  selecting: boolean
  ids: ReadonlySet<string>
  /** From where a range is chosen. */
  anchor: string | null
}

/** The calls that a person chose from the list, to do something with all of them. */
export const useSelection = create<Selection>(() => ({ selecting: false, ids: new Set(), anchor: null }))

export function startSelecting(): void {
  useSelection.setState({ selecting: true })
}

export function endSelecting(): void {
  useSelection.setState({ selecting: false, ids: new Set(), anchor: null })
}

export function toggleSelected(id: string): void {
  useSelection.setState(({ ids }) => ({ selecting: true, anchor: id, ids: toggled(ids, id) }))
}

/** Chooses all between the one chosen last and this one. */
export function selectThrough(id: string, listed: readonly { id: string }[]): void {
  useSelection.setState(({ ids, anchor }) => ({
    selecting: true,
    anchor: anchor ?? id,
    ids: new Set([...ids, ...between(listed, anchor ?? id, id)])
  }))
}

export function toggled(ids: ReadonlySet<string>, id: string): Set<string> {
  const changed = new Set(ids)
  if (!changed.delete(id)) changed.add(id)
  return changed
}

/** The ids from one to another, both of them, whichever is first; the second alone where the first is not listed. */
export function between(listed: readonly { id: string }[], from: string, to: string): string[] {
  const [a, b] = [from, to].map((id) => listed.findIndex((call) => call.id === id))
  if (a === undefined || b === undefined || a < 0 || b < 0) return [to]
  return listed.slice(Math.min(a, b), Math.max(a, b) + 1).map(({ id }) => id)
}
