import { bridge } from './bridge.ts'
import { checkLink } from './link-gate.ts'

/** The only way out of the window: opens a link in the person's browser if the gate lets it through. */
export function openLink(href: string): void {
  const link = checkLink(href)
  if (!link) return
  if (bridge) void bridge.invoke('shell:open-link', link)
  else window.open(link, '_blank', 'noopener,noreferrer')
}
