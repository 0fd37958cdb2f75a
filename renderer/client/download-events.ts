import type { Download } from '../../core/contract/downloads.ts'
import type { AppEvent } from '../../core/contract/events.ts'

/** The list of downloads after an event. The same list when the event says nothing about it. */
export function takeDownload(event: AppEvent, current: Download[]): Download[] {
  if (event.type === 'download-removed') return current.filter(({ id }) => id !== event.id)
  if (event.type !== 'download-changed') return current
  const { download } = event
  const known = current.some(({ id }) => id === download.id)
  return known
    ? current.map((other) => (other.id === download.id ? download : other))
    : [...current, download]
}
