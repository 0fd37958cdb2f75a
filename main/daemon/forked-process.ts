import type { ChildName } from '../../core/contract/daemon-messages.ts'

/** A process of ours: a utility process in the app, any other with these calls in tests. */
export interface ForkedProcess {
  readonly pid?: number | undefined
  postMessage(message: unknown): void
  kill(): boolean
  on(event: 'message', listener: (message: unknown) => void): unknown
  on(event: 'exit', listener: (code: number) => void): unknown
}

/** Entries of the build that run in a process of their own. */
export type EntryName = 'daemon' | 'inference.worker'

export const entryOfChild: Record<ChildName, EntryName> = { inference: 'inference.worker' }

/** Starts an entry of the build. Without `env` it inherits ours. */
export type Fork = (entry: EntryName, env?: Record<string, string>) => ForkedProcess
