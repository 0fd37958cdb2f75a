/** What the desktop around the app offers: dialogs, clipboard, notifications, pictures, displays. */
import { existsSync } from 'node:fs'
import { note, noting, record } from './record.ts'
import { strict } from './strict.ts'

export const shell = strict('shell', {
  openExternal: async (url: string): Promise<void> => note('shell.openExternal', url)
} satisfies Partial<Electron.Shell>)

/** A test queues answers: `globalThis.__standin.dialogAnswers.push({ canceled: false, filePaths: ['/a.gguf'] })`. */
const dialogAnswer =
  <T>(api: string, cancelled: T) =>
  async (...args: unknown[]): Promise<T> => {
    note(api, ...args)
    return (record.dialogAnswers.shift() as T | undefined) ?? cancelled
  }

export const dialog = strict('dialog', {
  showOpenDialog: dialogAnswer('dialog.showOpenDialog', { canceled: true, filePaths: [] as string[] }),
  showMessageBox: dialogAnswer('dialog.showMessageBox', { response: 0, checkboxChecked: false }),
  showErrorBox(title: string, content: string): void {
    note('dialog.showErrorBox', title, content)
    process.stderr.write(`${title}: ${content}\n`)
  }
})

let clipboardText = ''
// promises since Electron 44
export const clipboard = strict('clipboard', {
  readText: async (): Promise<string> => clipboardText,
  async writeText(text: string): Promise<void> {
    clipboardText = text
  }
} satisfies Partial<Electron.Clipboard>)

export class NotificationStandin {
  readonly #options: Electron.NotificationConstructorOptions
  constructor(options: Electron.NotificationConstructorOptions) {
    this.#options = options
  }
  static isSupported(): boolean {
    return true
  }
  on(event: string): this {
    note('notification.on', event)
    return this
  }
  show(): void {
    note('notification.show', this.#options)
  }
}

export const nativeImage = strict('nativeImage', {
  createFromPath(path: string) {
    const isEmpty = !existsSync(path)
    return strict('NativeImage', {
      isEmpty: () => isEmpty,
      setTemplateImage: noting('NativeImage.setTemplateImage')
    })
  }
})

const workArea: Electron.Rectangle = { x: 0, y: 0, width: 1440, height: 900 }
const display = { workArea, bounds: workArea }
export const screen = strict('screen', {
  getAllDisplays: () => [display],
  getCursorScreenPoint: (): Electron.Point => ({ x: 0, y: 0 }),
  getDisplayNearestPoint: () => display
})
