import type { AlertRule, SaveAlert } from '../../../../core/contract/alerts.ts'
import { daemon } from '../../../client/daemon.ts'
import { alertRules } from '../../../client/resources.ts'

/** Makes a rule, or replaces the one of this id. */
export async function saveRule(id: string | null, body: SaveAlert): Promise<void> {
  if (id === null) await daemon.invoke('POST /app/alerts', { body })
  else await daemon.invoke('PUT /app/alerts/:id', { params: { id }, body })
  await alertRules.refresh()
}

export async function setWatching(rule: AlertRule, watching: boolean): Promise<void> {
  const { id, state, stateSince, value, builtIn, ...body } = rule
  await saveRule(id, { ...body, paused: !watching })
}

export async function removeRule(id: string): Promise<void> {
  await daemon.invoke('DELETE /app/alerts/:id', { params: { id } })
  await alertRules.refresh()
}
