import type { CDPSession } from 'playwright'
import { toAppAddress } from './app-addresses.ts'
import { strict } from './strict.ts'

type CheckHandler = Parameters<Electron.Session['setPermissionCheckHandler']>[0]
type RequestHandler = Parameters<Electron.Session['setPermissionRequestHandler']>[0]
type Permission = Parameters<NonNullable<CheckHandler>>[1]

let check: CheckHandler = null
let request: RequestHandler = null

const defaultSession: Pick<Electron.Session, 'setPermissionCheckHandler' | 'setPermissionRequestHandler'> = {
  setPermissionCheckHandler(handler) {
    check = handler
  },
  setPermissionRequestHandler(handler) {
    request = handler
  }
}
export const session = strict('session', { defaultSession: strict('session', defaultSession) })

/** As Electron does it: a check first; if that fails a request; without handlers all is granted. */
async function isGranted(
  permission: Permission,
  contents: Electron.WebContents,
  pageUrl: string
): Promise<boolean> {
  const details = { isMainFrame: true, requestingUrl: pageUrl }
  const origin = `${pageUrl.split('/').slice(0, 3).join('/')}/`
  if (check === null || check(contents, permission, origin, details)) return true
  const { promise, resolve } = Promise.withResolvers<boolean>()
  if (request === null) return true
  request(contents, permission, resolve, details)
  return promise
}

/** What Chromium asks before a page may reach this machine; its names in Electron and in Chromium. */
const loopback = {
  'loopback-network': 'loopback-network',
  'local-network-access': 'local-network-access'
} as const

/** Gives Chromium the app's own answer for the page about to be loaded. */
export async function applyPermissions(
  cdp: CDPSession,
  contents: Electron.WebContents,
  webUrl: string
): Promise<void> {
  const origin = new URL(webUrl).origin
  if (origin === 'null') return
  for (const [permission, name] of Object.entries(loopback) as [Permission, string][]) {
    const setting = (await isGranted(permission, contents, toAppAddress(webUrl))) ? 'granted' : 'denied'
    // a Chromium that does not know one of the names does not ask for it either
    await cdp.send('Browser.setPermission', { permission: { name }, setting, origin }).catch(() => {})
  }
}
