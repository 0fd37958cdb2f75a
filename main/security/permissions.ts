import type { Session } from 'electron'
import { originOf } from './origins.ts'

/** What Chromium asks before a page may talk to this machine's own ports; the names changed between versions. */
const loopbackPermissions = new Set(['loopback-network', 'local-network-access'])

/** Our own pages may reach the daemon; nothing else is ever granted. */
export function isPermissionGranted(permission: string, pageUrl: string, pages: readonly string[]): boolean {
  const origin = originOf(pageUrl)
  return loopbackPermissions.has(permission) && origin !== null && pages.includes(origin)
}

export function restrictPermissions(session: Session, pages: readonly string[]): void {
  session.setPermissionCheckHandler((_contents, permission, requestingOrigin) =>
    isPermissionGranted(permission, requestingOrigin, pages)
  )
  session.setPermissionRequestHandler((_contents, permission, decide, details) =>
    decide(isPermissionGranted(permission, details.requestingUrl, pages))
  )
}
