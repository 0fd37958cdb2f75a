import { EventEmitter } from 'node:events'
import { readFileSync } from 'node:fs'
import { homedir, tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { startBrowser } from './browser.ts'
import { note, noting } from './record.ts'
import { handleRequest } from './requests.ts'
import { takeInstanceLock } from './single-instance.ts'
import { cancelable, strict } from './strict.ts'
import { openWindows } from './window-list.ts'

/** Between the last event and the end of the process, for what was told to the test to arrive. */
const lastWordsMs = 100

const manifest: { name: string; version: string } = JSON.parse(readFileSync('package.json', 'utf8'))
const switchValue = (name: string) =>
  process.argv.find((argument) => argument.startsWith(`--${name}=`))?.slice(name.length + 3)

type AppMembers =
  | 'quit'
  | 'exit'
  | 'whenReady'
  | 'isReady'
  | 'getPath'
  | 'setPath'
  | 'getVersion'
  | 'isPackaged'
  | 'requestSingleInstanceLock'
  | 'disableHardwareAcceleration'

export class AppStandin extends EventEmitter implements Pick<Electron.App, AppMembers> {
  readonly isPackaged = false
  readonly dock = undefined
  readonly commandLine = strict('app.commandLine', {
    appendSwitch: noting('app.commandLine.appendSwitch'),
    hasSwitch: (name: string) =>
      process.argv.some((argument) => argument === `--${name}` || argument.startsWith(`--${name}=`))
  })
  readonly #paths: Record<string, string> = {}
  #ready: Promise<void> | undefined
  #isReady = false
  #isQuitting = false

  whenReady(): Promise<void> {
    this.#ready ??= startBrowser(handleRequest).then(() => {
      this.#isReady = true
      this.emit('ready')
      process.send?.({ type: 'ready' })
    })
    return this.#ready
  }

  isReady(): boolean {
    return this.#isReady
  }

  getVersion(): string {
    return manifest.version
  }

  getPath(name: string): string {
    const userData = switchValue('user-data-dir') ?? join(homedir(), '.config', manifest.name)
    const defaults: Record<string, string> = { userData, appData: dirname(userData), temp: tmpdir() }
    const path = this.#paths[name] ?? defaults[name]
    if (path === undefined) throw new Error(`electron stand-in: app.getPath('${name}') is not implemented`)
    return path
  }

  setPath(name: string, path: string): void {
    this.#paths[name] = path
  }

  disableHardwareAcceleration(): void {
    note('app.disableHardwareAcceleration')
  }

  requestSingleInstanceLock(): boolean {
    return takeInstanceLock(this.getPath('userData'), (argv, cwd) =>
      this.emit('second-instance', cancelable({}), argv, cwd)
    )
  }

  quit(): void {
    if (this.#isQuitting || this.#isPrevented('before-quit')) return
    for (const window of [...openWindows]) {
      window.close()
      if (!window.isDestroyed()) return
    }
    if (this.#isPrevented('will-quit')) return
    this.#isQuitting = true
    this.emit('quit', {}, 0)
    setTimeout(() => process.exit(0), lastWordsMs)
  }

  exit(code = 0): void {
    process.exit(code)
  }

  /** The last window is gone: without a listener, Electron quits. */
  allWindowsClosed(): void {
    if (!this.#isQuitting && !this.emit('window-all-closed')) this.quit()
  }

  #isPrevented(event: 'before-quit' | 'will-quit'): boolean {
    const details = cancelable({})
    this.emit(event, details)
    return details.defaultPrevented
  }
}

/** For the stand-in itself; the app gets the strict one. */
export const appStandin = new AppStandin()
export const app = strict('app', appStandin)
