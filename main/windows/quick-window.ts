import { type BrowserWindow, screen } from 'electron'
import { createPage, type PageSource, tellPage } from './app-page.ts'

const size = { width: 680, height: 420 }

/**
 * The prompt over whatever the person is doing. Its window is made beforehand and stays hidden, so that it is on
 * screen at once when called.
 */
export class QuickWindow {
  readonly #source: PageSource
  #window: BrowserWindow | null = null
  #mayClose = false

  constructor(source: PageSource) {
    this.#source = source
  }

  get window(): BrowserWindow | null {
    return this.#window
  }

  /** Makes the window, hidden. */
  prepare(): BrowserWindow {
    this.#window ??= this.#create()
    return this.#window
  }

  toggle(): void {
    if (this.#window?.isVisible() === true) this.hide()
    else this.#show(this.prepare())
  }

  hide(): void {
    this.#window?.hide()
  }

  allowClosing(): void {
    this.#mayClose = true
  }

  #create(): BrowserWindow {
    const window = createPage(this.#source, 'quick.html', {
      ...size,
      title: 'Quick prompt',
      frame: false,
      resizable: false,
      maximizable: false,
      minimizable: false,
      fullscreenable: false,
      alwaysOnTop: true,
      skipTaskbar: true
    })
    window.on('blur', () => window.hide())
    window.on('close', (event) => {
      if (this.#mayClose) return
      event.preventDefault()
      window.hide()
    })
    window.on('closed', () => {
      this.#window = null
    })
    return window
  }

  /** On the display the person is looking at, in its upper third. */
  #show(window: BrowserWindow): void {
    const { workArea } = screen.getDisplayNearestPoint(screen.getCursorScreenPoint())
    window.setBounds({
      x: Math.round(workArea.x + (workArea.width - size.width) / 2),
      y: Math.round(workArea.y + workArea.height / 5),
      ...size
    })
    window.show()
    window.focus()
    tellPage(window, 'quick:shown')
  }
}
