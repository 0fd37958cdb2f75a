import { z } from 'zod'
import { noticeSchema } from './alerts.ts'

/** The processes a daemon may ask its parent for. A closed set: nothing else can be spawned. */
export const childNames = ['inference'] as const
export type ChildName = (typeof childNames)[number]

/** What a parent process (Electron main, or the headless command) says to a daemon. */
export const toDaemonSchema = z.discriminatedUnion('type', [
  z.object({
    type: z.literal('start'),
    port: z.number().int(),
    dataDir: z.string(),
    logLevel: z.enum(['debug', 'info', 'warn', 'error']),
    /** Origins of the app's own pages; requests from any other origin are refused. */
    uiOrigins: z.array(z.string())
  }),
  z.object({ type: z.literal('session'), requestId: z.number().int() }),
  z.object({ type: z.literal('child-exited'), childId: z.number().int(), code: z.number().int() }),
  z.object({ type: z.literal('stop') })
])
export type ToDaemon = z.infer<typeof toDaemonSchema>

/** What a daemon says to its parent process. */
export const fromDaemonSchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('ready'), port: z.number().int(), version: z.string(), pid: z.number().int() }),
  /** The start failed for a reason the person can act on. */
  z.object({
    type: z.literal('failed'),
    reason: z.enum(['port-taken', 'folder-locked', 'newer-data', 'unsafe-folder', 'other']),
    message: z.string(),
    port: z.number().int().nullable()
  }),
  z.object({ type: z.literal('session'), requestId: z.number().int(), token: z.string() }),
  z.object({
    type: z.literal('spawn'),
    childId: z.number().int(),
    name: z.enum(childNames),
    env: z.record(z.string(), z.string())
  }),
  z.object({ type: z.literal('kill'), childId: z.number().int() }),
  /** Settings that the parent acts on: shortcut and theme. */
  z.object({
    type: z.literal('settings'),
    appearance: z.enum(['system', 'light', 'dark']),
    quickPromptShortcut: z.string(),
    paused: z.boolean()
  }),
  /** An alert told the person something. */
  z.object({ type: z.literal('notice'), notice: noticeSchema })
])
export type FromDaemon = z.infer<typeof fromDaemonSchema>

/** A child process as its owner sees it, whichever kind of parent started it. */
export interface SpawnedChild {
  kill(): void
  /** Called once, when the process is gone. */
  onExit(listener: (code: number) => void): void
}
/** Starts one of the known child processes: child_process when headless, a utility process in the app. */
export type SpawnChild = (name: ChildName, env: Record<string, string>) => SpawnedChild
