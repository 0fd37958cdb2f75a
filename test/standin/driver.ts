import { type ChildProcess, type StdioOptions, spawn } from 'node:child_process'
import { EventEmitter } from 'node:events'
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright'
import type { Evaluation } from './evaluate.ts'

/** A Node that runs the built main file with the stand-in registered (register.mjs). */
export interface AppCommand {
  file: string
  args: string[]
  cwd: string
  env: Record<string, string>
}

type FromApp =
  | { type: 'browser'; address: string; pid: number }
  | { type: 'ready' }
  | { type: 'result'; id: number; ok: true; value: unknown }
  | { type: 'result'; id: number; ok: false; message: string }

const quitDeadlineMs = 15_000
const windowDeadlineMs = 15_000

/** The part of Playwright's ElectronApplication that the specs use, for the stand-in. */
export class StandinApplication extends EventEmitter<{ window: [Page] }> {
  readonly #child: ChildProcess
  readonly #exited: Promise<void>
  readonly #waiting = new Map<number, PromiseWithResolvers<unknown>>()
  readonly #browser = Promise.withResolvers<{ browser: Browser; pid: number }>()
  #context: BrowserContext | undefined
  #evaluations = 0

  private constructor({ file, args, cwd, env }: AppCommand) {
    super()
    const stdio: StdioOptions = ['ignore', 'inherit', 'inherit', 'ipc']
    this.#child = spawn(file, args, { cwd, env, stdio, serialization: 'advanced' })
    this.#exited = new Promise((resolve) => this.#child.once('exit', () => resolve()))
    this.#child.on('message', (message: FromApp) => this.#receive(message))
    this.#child.once('exit', (code) => {
      this.#browser.reject(new Error(`the app ended with ${code} before it was ready`))
      for (const waiting of this.#waiting.values()) waiting.reject(new Error('the app has ended'))
    })
  }

  static async launch(command: AppCommand): Promise<StandinApplication> {
    const application = new StandinApplication(command)
    const { browser } = await application.#browser.promise
    const context = browser.contexts()[0]
    if (context === undefined) throw new Error('Chromium has no context')
    application.#context = context
    context.on('page', (page) => void application.#announce(page))
    for (const page of context.pages()) void application.#announce(page)
    application.#child.send({ type: 'connected' })
    return application
  }

  process(): ChildProcess {
    return this.#child
  }

  context(): BrowserContext {
    if (this.#context === undefined) throw new Error('the app is not ready')
    return this.#context
  }

  windows(): Page[] {
    return this.context()
      .pages()
      .filter((page) => !page.url().startsWith('about:'))
  }

  async firstWindow(): Promise<Page> {
    return this.windows()[0] ?? this.waitForEvent('window')
  }

  waitForEvent(event: 'window'): Promise<Page> {
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => reject(new Error('no window was opened')), windowDeadlineMs)
      this.once(event, (page) => {
        clearTimeout(timer)
        resolve(page)
      })
    })
  }

  async evaluate<R, A>(
    run: (electron: typeof import('electron'), argument: A) => R,
    argument?: A
  ): Promise<Awaited<R>> {
    const id = this.#evaluations++
    const result = Promise.withResolvers<unknown>()
    this.#waiting.set(id, result)
    const message: Evaluation = { type: 'evaluate', id, source: String(run), argument }
    this.#child.send(message, (error) => {
      if (error) result.reject(error)
    })
    // proven boundary: what `run` returned, copied between processes
    return (await result.promise) as Awaited<R>
  }

  /** Quits the app; ends it if it does not. */
  async close(): Promise<void> {
    const deadline = setTimeout(() => this.#child.kill('SIGKILL'), quitDeadlineMs)
    this.evaluate(({ app }) => app.quit()).catch(() => {})
    await this.#exited
    clearTimeout(deadline)
    const { browser, pid } = await this.#browser.promise
    try {
      process.kill(pid, 'SIGKILL')
    } catch {
      // the app took its browser along
    }
    await browser.close().catch(() => {})
  }

  #receive(message: FromApp): void {
    if (message.type === 'browser') {
      const { address, pid } = message
      chromium
        .connectOverCDP(address)
        .then((browser) => this.#browser.resolve({ browser, pid }), this.#browser.reject)
    } else if (message.type === 'result') {
      const waiting = this.#waiting.get(message.id)
      this.#waiting.delete(message.id)
      if (message.ok) waiting?.resolve(message.value)
      else waiting?.reject(new Error(message.message))
    }
  }

  async #announce(page: Page): Promise<void> {
    await page.waitForURL(/^(?!about:)/, { waitUntil: 'commit', timeout: windowDeadlineMs }).catch(() => {})
    if (!page.isClosed() && !page.url().startsWith('about:')) this.emit('window', page)
  }
}
