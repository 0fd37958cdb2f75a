import type { Notice } from '../../core/contract/alerts.ts'
import type { FromDaemon } from '../../core/contract/daemon-messages.ts'

/** Settings of the daemon that the shell acts on. */
export type ShellSettings = Pick<
  Extract<FromDaemon, { type: 'settings' }>,
  'appearance' | 'quickPromptShortcut' | 'paused'
>

export interface StartFailure {
  reason: Extract<FromDaemon, { type: 'failed' }>['reason']
  message: string
}

/** What a daemon tells whoever holds the link to it. */
export interface DaemonLinkEvents {
  ready(port: number): void
  /** It said why it cannot start; `gone` follows. */
  failed(failure: StartFailure): void
  settings(settings: ShellSettings): void
  /** An alert told the person something. */
  notice(notice: Notice): void
  /** It ended, or cannot be reached any more; `asked` when somebody told it to end. Called once, last. */
  gone(how: 'asked' | 'crashed'): void
}

/** A daemon the app uses: one it started, or one it found running. */
export interface DaemonLink {
  /** A session token for a page. Rejects when the daemon is gone. */
  session(): Promise<string>
  /** Lets go of it. One that the app started is stopped; resolves when none of its processes is left. */
  release(): Promise<void>
}
