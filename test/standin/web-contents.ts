import { EventEmitter } from 'node:events'
import { readFileSync } from 'node:fs'
import type { CDPSession, Page } from 'playwright'
import { toAppAddress } from './app-addresses.ts'
import { browserContext } from './browser.ts'
import { createCodec } from './codec.ts'
import { invokeListeners } from './ipc-main.ts'
import { isolatedWorldName, mainWorldScript, names, preloadScript } from './page-scripts.ts'
import type { FromPage, ToPage } from './preload-world.ts'
import { note } from './record.ts'
import { type PageOwner, pageOwners } from './requests.ts'
import { applyPermissions } from './session.ts'
import { cancelable, strict } from './strict.ts'

type OpenHandler = (details: Electron.HandlerDetails) => Electron.WindowOpenHandlerResponse
type Members = 'id' | 'getURL' | 'send' | 'isDestroyed' | 'setWindowOpenHandler' | 'reload'

const codec = createCodec()
let lastId = 0

export class WebContentsStandin
  extends EventEmitter
  implements Pick<Electron.WebContents, Members>, PageOwner
{
  readonly id = ++lastId
  /** What the app sees: the same, with whatever is missing throwing. */
  readonly forApp: Electron.WebContents
  expectedUrl = ''
  destroyed = false
  readonly #preferences: Electron.WebPreferences
  readonly #mainFrame: { parent: null; url: string }
  #openHandler: OpenHandler | undefined
  #page: Page | undefined
  #cdp: CDPSession | undefined
  #isolatedContext: string | undefined

  constructor(preferences: Electron.WebPreferences) {
    super()
    this.#preferences = preferences
    // proven boundary: tsc compares this class to Electron's own (electron.ts)
    this.forApp = strict('webContents', this as PageOwner) as unknown as Electron.WebContents
    this.#mainFrame = Object.defineProperty({ parent: null, url: '' }, 'url', { get: () => this.getURL() })
  }

  getURL(): string {
    return toAppAddress(this.#page?.url() ?? '')
  }

  isDestroyed(): boolean {
    return this.destroyed
  }

  setWindowOpenHandler(handler: OpenHandler): void {
    this.#openHandler = handler
  }

  reload(): void {
    this.#page?.reload().catch(() => {})
  }

  send(channel: string, ...args: unknown[]): void {
    this.#post({ type: 'event', channel, args: args.map(codec.encode) })
  }

  mayNavigate(url: string, isMainFrame: boolean): boolean {
    const details = cancelable({ url, isSameDocument: false, isMainFrame })
    this.emit('will-frame-navigate', details)
    if (isMainFrame) this.emit('will-navigate', details, url)
    return !details.defaultPrevented
  }

  async allowLoading(webUrl: string): Promise<void> {
    this.expectedUrl = webUrl
    if (this.#cdp !== undefined) await applyPermissions(this.#cdp, this.forApp, webUrl)
  }

  async attach(page: Page): Promise<void> {
    this.#page = page
    pageOwners.set(page, this)
    const cdp = await browserContext().newCDPSession(page)
    this.#cdp = cdp
    const { frameTree } = await cdp.send('Page.getFrameTree')
    cdp.on('Runtime.executionContextCreated', ({ context }) => {
      // frames in the page get such a world too
      const isMainFrame = context.auxData?.frameId === frameTree.frame.id
      if (isMainFrame && context.name === isolatedWorldName) this.#isolatedContext = context.uniqueId
    })
    cdp.on('Runtime.executionContextsCleared', () => {
      this.#isolatedContext = undefined
    })
    cdp.on('Runtime.bindingCalled', ({ name, payload }) => {
      if (name === names.send) void this.#invoked(JSON.parse(payload))
    })
    cdp.on('Page.windowOpen', ({ url }) => this.#windowOpened(url))
    await cdp.send('Page.enable')
    await cdp.send('Runtime.enable')
    await cdp.send('Runtime.addBinding', { name: names.send, executionContextName: isolatedWorldName })
    await cdp.send('Page.addScriptToEvaluateOnNewDocument', { source: mainWorldScript })
    if (this.#preferences.preload !== undefined) {
      const source = preloadScript(readFileSync(this.#preferences.preload, 'utf8'), this.#processProperties())
      await cdp.send('Page.addScriptToEvaluateOnNewDocument', { source, worldName: isolatedWorldName })
    }
  }

  #processProperties(): object {
    return {
      argv: this.#preferences.additionalArguments ?? [],
      platform: process.platform,
      sandboxed: true,
      contextIsolated: true
    }
  }

  #windowOpened(url: string): void {
    const referrer: Electron.Referrer = { url: '', policy: 'default' }
    const answer = this.#openHandler?.({
      url,
      frameName: '',
      features: '',
      disposition: 'new-window',
      referrer
    })
    note('window.open', url, answer?.action)
    // the page itself is closed as a stray one (browser.ts)
    if (answer?.action !== 'deny')
      throw new Error('electron stand-in: an allowed window.open is not implemented')
  }

  async #invoked({ id, channel, args }: FromPage): Promise<void> {
    try {
      const listener = invokeListeners.get(channel)
      if (listener === undefined) throw new Error(`No handler registered for '${channel}'`)
      const event = strict('event', { sender: this.forApp, senderFrame: this.#mainFrame })
      const value = await listener(event, ...args.map(codec.decode))
      this.#post({ type: 'result', id, ok: true, value: codec.encode(value) })
    } catch (error) {
      this.#post({ type: 'result', id, ok: false, message: String(error) })
    }
  }

  #post(message: ToPage): void {
    if (this.#isolatedContext === undefined) return
    const expression = `${names.receive}(${JSON.stringify(JSON.stringify(message))})`
    this.#cdp
      ?.send('Runtime.evaluate', { expression, uniqueContextId: this.#isolatedContext })
      .catch(() => {}) // the page has just gone
  }
}
