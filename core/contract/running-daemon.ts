import type { Notice } from './alerts.ts'
import type { AppClient } from './app-client.ts'
import type { SpawnChild } from './daemon-messages.ts'
import type { LaunchConfig, Settings } from './settings.ts'

/** What a daemon is started with. */
export interface DaemonOptions extends Pick<LaunchConfig, 'dataDir' | 'logLevel'> {
  version: string
  /** The renderer build to serve at `/`; null where the app shows it itself. */
  rendererDir: string | null
  /** Origins of the app's own pages. */
  uiOrigins: string[]
  spawnChild: SpawnChild
}

/** What the parent process acts on. */
export type ParentState = Pick<Settings, 'appearance' | 'quickPromptShortcut'> & { paused: boolean }

/** A running Homeport: the control API in this process and, after `listen`, HTTP for all others. */
export interface Daemon extends AppClient {
  /** Listens on 127.0.0.1 and gives the port. Throws `port-taken` when it is; another port can be tried then. */
  listen(port: number): Promise<number>
  /** A link that opens the app in a browser, once. */
  mintLink(): { code: string; url: string; expiresAt: number }
  /** A token for a window of this app. */
  createSession(): string
  parentState(): ParentState
  onParentState(listener: (state: ParentState) => void): void
  /** An alert told the person something. */
  onNotice(listener: (notice: Notice) => void): void
  /** Somebody asked over the control API that this process ends. */
  onStopRequested(listener: () => void): void
  /** Ends turns and calls, writes what is queued, gives the folder free. */
  close(): Promise<void>
}
