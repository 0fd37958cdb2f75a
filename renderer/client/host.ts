import type { Endpoint } from './app-client.ts'

export type HostAnswer =
  | { state: 'ready'; endpoint: Endpoint }
  | { state: 'starting' }
  /** A browser without a session; `message` says why the last try failed, if there was one. */
  | { state: 'signed-out'; message: string | null }
  | { state: 'failed'; reason: string; message: string; suggestedPort: number | null }

/** What stands between a page and its daemon: the desktop app, or a plain browser. */
export interface Host {
  connect(): Promise<HostAnswer>
  /** The daemon refused this token: do not hand it out again. */
  reject(token: string): void
  /** Calls back when `connect` may answer differently now. */
  onChanged(listener: () => void): void
}
