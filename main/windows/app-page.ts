import { BrowserWindow, type BrowserWindowConstructorOptions, nativeTheme } from 'electron'
import type { BridgeEvent, BridgeEvents } from '../../core/contract/bridge.ts'

export interface PageSource {
  /** Where the pages are loaded from: our scheme, or electron-vite's server in development. */
  origin: string
  preload: string
  version: string
}

/** The tone of the window before its page has painted: `--surface-0` of renderer/styles/tokens.css. */
const backgroundColor = () => (nativeTheme.shouldUseDarkColors ? '#11171b' : '#fbfdfd')

/** A hidden window with one of our pages: sandboxed, isolated, and with the bridge as its only way out. */
export function createPage(
  source: PageSource,
  page: 'index.html' | 'quick.html',
  options: BrowserWindowConstructorOptions
): BrowserWindow {
  const window = new BrowserWindow({
    backgroundColor: backgroundColor(),
    ...options,
    show: false,
    webPreferences: {
      preload: source.preload,
      additionalArguments: [`--homeport-version=${source.version}`],
      contextIsolation: true,
      sandbox: true,
      nodeIntegration: false,
      webSecurity: true,
      webviewTag: false,
      spellcheck: false
    }
  })
  // a failed load is shown by Electron's own error page; there is nothing to add to it
  window.loadURL(`${source.origin}/${page}`).catch(() => {})
  return window
}

/** Tells a page about something. Lost if the page is not loaded yet: it asks for the state when it is. */
export function tellPage<K extends BridgeEvent>(
  window: BrowserWindow | null,
  event: K,
  ...args: Parameters<BridgeEvents[K]>
): void {
  if (window !== null && !window.isDestroyed()) window.webContents.send(event, ...args)
}
