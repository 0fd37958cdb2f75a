import { app, session, shell } from 'electron'
import { serveAppScheme } from './app-scheme.ts'
import { externalLink } from './external-link.ts'
import { restrictNavigation } from './navigation.ts'
import { restrictPermissions } from './permissions.ts'

/** Opens a link in the person's browser if it passes the gate; returns whether it did. */
export function openLink(text: string): boolean {
  const link = externalLink(text)
  if (link === null) return false
  // a system without a browser has nothing to show the link in, and nothing more to say about it
  shell.openExternal(link).catch(() => {})
  return true
}

/** Serves our pages and holds every window, also those that Electron makes itself, to what our pages may do. */
export function secureShell(pageFolder: string, pages: readonly string[], daemonPort: () => number): void {
  serveAppScheme(pageFolder, daemonPort)
  restrictPermissions(session.defaultSession, pages)
  app.on('web-contents-created', (_event, contents) => restrictNavigation(contents, { pages, openLink }))
}
