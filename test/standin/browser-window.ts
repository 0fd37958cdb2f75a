import { EventEmitter } from 'node:events'
import type { Page } from 'playwright'
import { appStandin } from './app.ts'
import { toWebAddress } from './app-addresses.ts'
import { openWindowPage } from './browser.ts'
import { note } from './record.ts'
import { pageOwners } from './requests.ts'
import { cancelable, strict } from './strict.ts'
import { WebContentsStandin } from './web-contents.ts'
import { openWindows } from './window-list.ts'

type Members =
  | 'id'
  | 'webContents'
  | 'loadURL'
  | 'show'
  | 'hide'
  | 'focus'
  | 'close'
  | 'destroy'
  | 'isVisible'
  | 'isDestroyed'
  | 'isMinimized'
  | 'isMaximized'
  | 'maximize'
  | 'minimize'
  | 'restore'
  | 'getBounds'
  | 'getNormalBounds'
  | 'setBounds'
  | 'isFocused'

const windows: BrowserWindowStandin[] = []

export class BrowserWindowStandin extends EventEmitter implements Pick<Electron.BrowserWindow, Members> {
  readonly id: number
  readonly webContents: Electron.WebContents
  readonly #contents: WebContentsStandin
  readonly #page: Promise<Page>
  #bounds: Electron.Rectangle
  #isVisible: boolean
  #isFocused = false
  #isMinimized = false
  #isMaximized = false
  #isDestroyed = false

  constructor(options: Electron.BrowserWindowConstructorOptions = {}) {
    super()
    if (!appStandin.isReady()) throw new Error('Cannot create BrowserWindow before app is ready')
    const preferences = options.webPreferences ?? {}
    refuseUnsafe(preferences)
    this.#contents = new WebContentsStandin(preferences)
    this.id = this.#contents.id
    this.webContents = this.#contents.forApp
    this.#isVisible = options.show !== false
    const { x = 0, y = 0, width = 800, height = 600 } = options
    this.#bounds = { x, y, width, height }
    this.#page = this.#openPage()
    windows.push(this)
    openWindows.push(this)
    note('new BrowserWindow', options)
    appStandin.emit('web-contents-created', {}, this.webContents)
  }

  static getAllWindows(): BrowserWindowStandin[] {
    return [...windows]
  }

  async loadURL(url: string): Promise<void> {
    const page = await this.#page
    const webUrl = toWebAddress(url)
    await this.#contents.allowLoading(webUrl)
    try {
      await page.goto(webUrl, { waitUntil: 'load' })
    } catch (error) {
      if (this.#isDestroyed || page.isClosed()) return
      throw error
    }
  }

  show(): void {
    this.#isVisible = true
    this.emit('show')
    this.focus()
  }

  hide(): void {
    if (!this.#isVisible) return
    this.#isVisible = false
    this.emit('hide')
    this.#blur()
  }

  focus(): void {
    for (const window of windows) if (window !== this) window.#blur()
    this.#isFocused = true
    this.#page.then((page) => page.bringToFront()).catch(() => {})
    this.emit('focus')
  }

  #blur(): void {
    if (!this.#isFocused) return
    this.#isFocused = false
    this.emit('blur')
  }

  close(): void {
    const event = cancelable({})
    this.emit('close', event)
    if (!event.defaultPrevented) this.destroy()
  }

  destroy(): void {
    this.#closed()
    this.#page.then((page) => page.close()).catch(() => {})
  }

  isVisible(): boolean {
    return this.#isVisible
  }

  isFocused(): boolean {
    return this.#isFocused
  }

  isDestroyed(): boolean {
    return this.#isDestroyed
  }

  isMinimized(): boolean {
    return this.#isMinimized
  }

  minimize(): void {
    this.#isMinimized = true
  }

  restore(): void {
    this.#isMinimized = false
  }

  isMaximized(): boolean {
    return this.#isMaximized
  }

  maximize(): void {
    this.#isMaximized = true
  }

  getBounds(): Electron.Rectangle {
    return { ...this.#bounds }
  }

  getNormalBounds(): Electron.Rectangle {
    return { ...this.#bounds }
  }

  setBounds(bounds: Partial<Electron.Rectangle>): void {
    this.#bounds = { ...this.#bounds, ...bounds }
    this.#page.then((page) => page.setViewportSize(this.#bounds)).catch(() => {})
  }

  async #openPage(): Promise<Page> {
    const page = await openWindowPage()
    await page.setViewportSize(this.#bounds)
    await this.#contents.attach(page)
    // also when the load was interrupted by a reload, as in Electron
    page.once('load', () => this.emit('ready-to-show'))
    page.on('close', () => {
      pageOwners.delete(page)
      this.#closed()
    })
    // a new page of Chromium is in front of the others; a window is not before it is shown
    const front = windows.find((window) => window.#isFocused)
    if (front !== undefined) await (await front.#page).bringToFront()
    return page
  }

  #closed(): void {
    if (this.#isDestroyed) return
    this.#isDestroyed = true
    this.#contents.destroyed = true
    this.#isVisible = false
    windows.splice(windows.indexOf(this), 1)
    openWindows.splice(openWindows.indexOf(this), 1)
    this.emit('closed')
    if (windows.length === 0) appStandin.allWindowsClosed()
  }
}

function refuseUnsafe(preferences: Electron.WebPreferences): void {
  const { nodeIntegration, contextIsolation, sandbox, webSecurity, webviewTag } = preferences
  if (
    nodeIntegration ||
    contextIsolation === false ||
    sandbox === false ||
    webSecurity === false ||
    webviewTag
  )
    throw new Error('electron stand-in: only sandboxed, isolated windows are supported')
}

/** As the app gets it: what is missing throws. */
export const BrowserWindow = new Proxy(BrowserWindowStandin, {
  construct: (target, [options]) => strict('BrowserWindow', new target(options))
})
