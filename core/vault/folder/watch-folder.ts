import { stat } from 'node:fs/promises'
import { join, relative, sep } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { APP_SETTINGS } from '../obsidian/ignore-filters.ts'
import { watchRefusal } from './watch-refusal.ts'

/** Changes of so long are told of together; the system's own notice takes some 50 ms before that. */
const GATHER_MS = 60
/** More paths than this are looked for by looking at all of the folder. */
const MANY_PATHS = 2000
/** Where the system cannot tell of changes, they are looked for so often. */
const POLL_MS = 20_000
/** A watch that ended by an error (a signal may do that) begins anew after this time. */
const RESTART_MS = 1000

export interface FolderWatch {
  /** In words for the person, where changes are seen late. */
  readonly problem: string | null
  close(): Promise<void>
}

/**
 * Tells what changes in a folder, as paths within it in the file system's spelling; null: anywhere. Rejects where the
 * folder is not there. Where the system refuses to watch, the folder is looked at from time to time.
 */
export async function watchFolder(
  folder: string,
  onChange: (paths: string[] | null) => void,
  pollMs = POLL_MS
): Promise<FolderWatch> {
  let gathered: Set<string> | null = new Set()
  let timer: NodeJS.Timeout | undefined
  let closed = false
  const tell = (): void => {
    timer = undefined
    const paths = gathered && gathered.size <= MANY_PATHS ? [...gathered] : null
    gathered = new Set()
    onChange(paths)
  }
  const gather = (paths: string[] | null): void => {
    if (closed || paths?.length === 0) return
    if (paths === null) gathered = null
    else for (const path of paths) gathered?.add(path)
    timer ??= setTimeout(tell, GATHER_MS)
  }

  const start = async (): Promise<FolderWatch> => {
    try {
      return await subscribeTo(folder, gather, () => void startAgain())
    } catch (error) {
      // its own words for a folder that is not there differ from system to system
      if (!(await stat(folder)).isDirectory()) throw error
      return poll(gather, pollMs)
    }
  }
  /** What goes on without the folder is said when it is looked at. */
  const startAgain = async (): Promise<void> => {
    gather(null)
    await pause(RESTART_MS, undefined, { ref: false })
    if (closed) return
    watch = await start().catch(() => poll(gather, pollMs))
    gather(null)
    if (closed) await watch.close()
  }

  let watch = await start()
  return {
    get problem() {
      return watch.problem
    },
    async close() {
      closed = true
      clearTimeout(timer)
      await watch.close()
    }
  }
}

/** The system's own notices, until `onEnd`: then it is closed. Rejects where it refuses them. */
async function subscribeTo(
  folder: string,
  onChange: (paths: string[] | null) => void,
  onEnd: () => void
): Promise<FolderWatch> {
  const refusal = await watchRefusal(folder)
  if (refusal) throw refusal
  // a native library that most starts do without
  const { subscribe } = await import('@parcel/watcher')
  let hasEnded = false
  const subscription = await subscribe(
    folder,
    (error, events) => {
      if (hasEnded) return
      if (!error) onChange(pathsOf(folder, events))
      else {
        hasEnded = true
        onEnd()
      }
    },
    { ignore: ['.git', '.trash', 'node_modules'].map((name) => join(folder, name)) }
  )
  return {
    problem: null,
    async close() {
      if (hasEnded) return
      hasEnded = true
      // on Linux it fails where a watched folder went away a moment before: then nothing is watched there
      await subscription.unsubscribe().catch(() => undefined)
    }
  }
}

function poll(onChange: (paths: null) => void, pollMs: number): FolderWatch {
  const timer = setInterval(() => onChange(null), pollMs).unref()
  return {
    problem: `The system cannot watch more files, so changes are seen within ${pollMs / 1000} seconds.`,
    close: async () => clearInterval(timer)
  }
}

/** Null where what is left out may have changed. Hidden files count for nothing else. */
function pathsOf(folder: string, events: readonly { path: string }[]): string[] | null {
  const paths: string[] = []
  for (const { path } of events) {
    const within = relative(folder, path).split(sep).join('/')
    if (within === '' || within.startsWith('../')) return null
    // a folder that is new is watched too late to see what is written into it at once
    if (within === APP_SETTINGS || APP_SETTINGS.startsWith(`${within}/`)) return null
    if (!/(^|\/)\./.test(within)) paths.push(within)
  }
  return paths
}
