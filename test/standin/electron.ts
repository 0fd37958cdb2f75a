/**
 * Stand-in for the `electron` module of the main process, for tests where the Electron binary cannot be had. Runs under
 * plain Node; windows are pages of a Chromium driven over DevTools. What is not implemented throws, it never pretends.
 */
import type * as Electron from 'electron'
import { type AppStandin, app } from './app.ts'
import { BrowserWindow, type BrowserWindowStandin } from './browser-window.ts'
import { clipboard, dialog, NotificationStandin, nativeImage, screen, shell } from './desktop.ts'
import { answerEvaluations } from './evaluate.ts'
import { globalShortcut } from './global-shortcut.ts'
import { ipcMain } from './ipc-main.ts'
import { MenuStandin } from './menu.ts'
import { nativeTheme } from './native-theme.ts'
import { protocol } from './protocol.ts'
import { session } from './session.ts'
import { TrayStandin } from './tray.ts'
import { type UtilityProcessStandin, utilityProcess } from './utility-process.ts'
import type { WebContentsStandin } from './web-contents.ts'

export {
  app,
  BrowserWindow,
  clipboard,
  dialog,
  globalShortcut,
  ipcMain,
  MenuStandin as Menu,
  NotificationStandin as Notification,
  nativeImage,
  nativeTheme,
  protocol,
  screen,
  session,
  shell,
  TrayStandin as Tray,
  utilityProcess
}

const electron = {
  app,
  BrowserWindow,
  clipboard,
  dialog,
  globalShortcut,
  ipcMain,
  Menu: MenuStandin,
  Notification: NotificationStandin,
  nativeImage,
  nativeTheme,
  protocol,
  screen,
  session,
  shell,
  Tray: TrayStandin,
  utilityProcess
}
export default electron

/** Names that Electron's own typings do not have, apart from the few a class offers to tests or to the stand-in. */
type Invented<Standin, Real, Own = never> = Exclude<keyof Standin, keyof Real | Own>
type AllInvented =
  | Invented<typeof electron, typeof Electron>
  | Invented<AppStandin, Electron.App, 'allWindowsClosed'>
  | Invented<BrowserWindowStandin, Electron.BrowserWindow>
  | Invented<
      WebContentsStandin,
      Electron.WebContents,
      'forApp' | 'expectedUrl' | 'destroyed' | 'mayNavigate' | 'allowLoading' | 'attach'
    >
  | Invented<typeof ipcMain, Electron.IpcMain>
  | Invented<TrayStandin, Electron.Tray>
  | Invented<MenuStandin, Electron.Menu>
  | Invented<NotificationStandin, Electron.Notification>
  | Invented<typeof dialog, Electron.Dialog>
  | Invented<typeof nativeTheme, Electron.NativeTheme>
  | Invented<typeof screen, Electron.Screen>
  | Invented<typeof session.defaultSession, Electron.Session>
  | Invented<UtilityProcessStandin, Electron.UtilityProcess>
/** Does not compile if the stand-in invents something. */
export const nothingIsInvented: [AllInvented] extends [never] ? true : AllInvented = true

answerEvaluations(electron)
process.on('disconnect', () => process.exit(0))
for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) process.on(signal, () => app.quit())
// Electron becomes ready whether or not anyone waits for it
setImmediate(() => app.whenReady())
