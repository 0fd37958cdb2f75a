import type { AddSource, Source, UpdateSource } from '../../../../core/contract/knowledge.ts'
import { attempt } from '../../../client/app-request-error.ts'
import { daemon } from '../../../client/daemon.ts'
import { sources } from '../../../client/resources.ts'
import { showToast } from '../../../components/toasts.tsx'

function put(source: Source): void {
  const others = (sources.get() ?? []).filter(({ id }) => id !== source.id)
  sources.set([...others, source].sort((a, b) => a.name.localeCompare(b.name)))
}

/** Adds a folder; indexing begins at once. Rejects with what went wrong. */
export async function addSource(wanted: Pick<AddSource, 'folder'> & Partial<AddSource>): Promise<Source> {
  const source = await daemon.invoke('POST /app/knowledge/sources', { body: wanted })
  put(source)
  return source
}

/** Changes it; resolves with what went wrong in words, or null. */
export function changeSource(id: string, change: UpdateSource): Promise<string | null> {
  return attempt(async () =>
    put(await daemon.invoke('PATCH /app/knowledge/sources/:id', { params: { id }, body: change }))
  )
}

/** Stops indexing it for now, or goes on. A failure is told. */
export async function setPaused(id: string, paused: boolean): Promise<void> {
  const problem = await changeSource(id, { paused })
  if (problem) showToast(problem)
}

export async function rescan({ id, name }: Source): Promise<void> {
  const problem = await attempt(async () =>
    put(await daemon.invoke('POST /app/knowledge/sources/:id/rescan', { params: { id } }))
  )
  showToast(problem ?? `${name} is being compared with its folder.`)
}

/** Forgets it and deletes its index. Rejects with what went wrong. */
export async function removeSource(id: string): Promise<void> {
  await daemon.invoke('DELETE /app/knowledge/sources/:id', { params: { id } })
  sources.set((sources.get() ?? []).filter((source) => source.id !== id))
}
