import { type BrowserWindow, screen } from 'electron'
import type { StateFile } from '../system/state-file.ts'
import { createPage, type PageSource, tellPage } from './app-page.ts'
import { reachablePlace, type WindowState } from './window-state.ts'

const defaultSize = { width: 1180, height: 780 }
const minimumSize = { minWidth: 720, minHeight: 480 }

/** The window with everything in it. Closing hides it: the daemon and its turns go on, and the tray brings it back. */
export class MainWindow {
  readonly #source: PageSource
  readonly #stateFile: StateFile<WindowState>
  #window: BrowserWindow | null = null
  #mayClose = false

  constructor(source: PageSource, stateFile: StateFile<WindowState>) {
    this.#source = source
    this.#stateFile = stateFile
  }

  get window(): BrowserWindow | null {
    return this.#window
  }

  /** Shows the window, as soon as its page can be seen if it is new. */
  show(): void {
    if (this.#window === null) {
      this.#window = this.#create()
      return
    }
    if (this.#window.isMinimized()) this.#window.restore()
    this.#window.show()
    this.#window.focus()
  }

  /** Shows this chat, or a new one. */
  openChat(chatId: string | null): void {
    this.show()
    tellPage(this.#window, 'navigate:chat', chatId)
  }

  /** Shows this call. */
  openTrace(traceId: string): void {
    this.show()
    tellPage(this.#window, 'navigate:trace', traceId)
  }

  /** From now on closing it means closing it: the app quits. */
  allowClosing(): void {
    this.#mayClose = true
  }

  #create(): BrowserWindow {
    const state = this.#stateFile.read()
    const workAreas = screen.getAllDisplays().map((display) => display.workArea)
    const place = state === null ? null : reachablePlace(state.bounds, workAreas)
    const window = createPage(this.#source, 'index.html', {
      ...defaultSize,
      ...minimumSize,
      ...place,
      title: 'Homeport',
      autoHideMenuBar: true
    })
    window.once('ready-to-show', () => {
      if (state?.maximized === true) window.maximize()
      window.show()
    })
    window.on('close', (event) => {
      this.#remember(window)
      if (this.#mayClose) return
      event.preventDefault()
      window.hide()
    })
    window.on('closed', () => {
      this.#window = null
    })
    return window
  }

  #remember(window: BrowserWindow): void {
    this.#stateFile.write({ bounds: window.getNormalBounds(), maximized: window.isMaximized() })
  }
}
