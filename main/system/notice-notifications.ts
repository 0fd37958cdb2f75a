import { Notification } from 'electron'
import type { Notice } from '../../core/contract/alerts.ts'
import type { MainWindow } from '../windows/main-window.ts'

/** Shows notices as the system's notifications; a click opens the window, at the call behind it. */
export class NoticeNotifications {
  readonly #window: Pick<MainWindow, 'window' | 'show' | 'openTrace'>
  /** One that is collected as garbage does not hear its click. */
  readonly #shown = new Set<Notification>()

  constructor(window: Pick<MainWindow, 'window' | 'show' | 'openTrace'>) {
    this.#window = window
  }

  /** Not what the person sees anyway, nor that something is over. */
  show({ state, title, text, traceId }: Notice): void {
    if (state === 'ok' || this.#window.window?.isFocused() || !Notification.isSupported()) return
    const notification = new Notification({ title, body: text })
    this.#shown.add(notification)
    notification.on('click', () => (traceId === null ? this.#window.show() : this.#window.openTrace(traceId)))
    notification.on('close', () => this.#shown.delete(notification))
    notification.show()
  }
}
