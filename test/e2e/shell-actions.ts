import type { BridgeResponse } from '../../core/contract/bridge.ts'
import type { DesktopApp } from './launch.ts'
import './shell-globals.ts'

type Connection = BridgeResponse<'daemon:connect'>

/** What the app tells its own page about the daemon. */
export const connection = (app: DesktopApp): Promise<Connection | undefined> =>
  app.mainWindow.evaluate(() => window.homeport?.invoke('daemon:connect'))

/** Waits until the page can reach the daemon, and tells where. */
export async function untilReady(app: DesktopApp): Promise<Extract<Connection, { state: 'ready' }>> {
  for (let attempt = 0; attempt < 150; attempt++) {
    const now = await connection(app).catch(() => undefined) // the page may be loading again
    if (now?.state === 'ready') return now
    if (now?.state === 'failed') throw new Error(now.message)
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
  throw new Error('the daemon did not become ready')
}

export const clickTrayMenu = (app: DesktopApp, id: string): Promise<void> =>
  app.evaluate((_electron, item) => globalThis.__homeport.trayMenu().getMenuItemById(item)?.click(), id)

export const trayMenuLabel = (app: DesktopApp, id: string): Promise<string | undefined> =>
  app.evaluate((_electron, item) => globalThis.__homeport.trayMenu().getMenuItemById(item)?.label, id)

/** Titles of the windows a person can see. */
export const visibleWindows = (app: DesktopApp): Promise<number[]> =>
  app.evaluate(({ BrowserWindow }) =>
    BrowserWindow.getAllWindows()
      .filter((window) => window.isVisible())
      .map((window) => window.getBounds().width)
  )
