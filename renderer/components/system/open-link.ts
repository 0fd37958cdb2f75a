import { bridge } from './bridge.ts'
import { checkLink, checkNoteLink } from './link-gate.ts'

/** The way out of the window for links in texts: opens a link in the person's browser if the gate lets it through. */
export function openLink(href: string): void {
  const link = checkLink(href)
  if (!link) return
  if (bridge) void bridge.invoke('shell:open-link', link)
  else window.open(link, '_blank', 'noopener,noreferrer')
}

/** Opens a note in Obsidian. Only for links the daemon made, never for those in texts. */
export function openInObsidian(href: string): void {
  const link = checkNoteLink(href)
  if (!link) return
  if (bridge) void bridge.invoke('shell:open-link', link)
  // a browser hands it to the program and stays on this page
  else location.assign(link)
}
