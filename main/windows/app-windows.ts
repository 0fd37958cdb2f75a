import { join } from 'node:path'
import type { BrowserWindow } from 'electron'
import { StateFile } from '../system/state-file.ts'
import { type PageSource, tellPage } from './app-page.ts'
import { MainWindow } from './main-window.ts'
import { QuickWindow } from './quick-window.ts'
import { windowStateSchema } from './window-state.ts'

/** Both windows of the app. */
export class AppWindows {
  readonly main: MainWindow
  readonly quick: QuickWindow

  constructor(source: PageSource, userData: string) {
    this.main = new MainWindow(source, new StateFile(join(userData, 'window-state.json'), windowStateSchema))
    this.quick = new QuickWindow(source)
  }

  /** Tells every page that the daemon came up, went down or came back. */
  daemonChanged(): void {
    for (const window of this.#open()) tellPage(window, 'daemon:changed')
  }

  /** Loads the pages again: their policy names the daemon's port, and that is another one now. */
  reload(): void {
    for (const window of this.#open()) window.webContents.reload()
  }

  allowClosing(): void {
    this.main.allowClosing()
    this.quick.allowClosing()
  }

  #open(): BrowserWindow[] {
    return [this.main.window, this.quick.window].filter((window) => window !== null)
  }
}
