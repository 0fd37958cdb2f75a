import type { AppClient } from '../contract/app-client.ts'
import { HomeportError } from '../errors/homeport-error.ts'
import type { CliHost } from './cli-host.ts'
import { withConnection } from './connect.ts'

/** How long the data folder may be held for a next call. The app, when it starts, waits longer than this for it. */
const IDLE_MS = 2000

/**
 * The control API for a command that runs for hours and asks now and then. Between calls it lets go: the app can start,
 * stop or be updated meanwhile, and the next call finds whoever has the data folder then.
 */
export interface HeldConnection {
  /** `work` only reads: it is done again where the daemon that was asked has gone. */
  use<T>(work: (client: AppClient) => Promise<T>): Promise<T>
  close(): Promise<void>
}

interface Held {
  client: Promise<AppClient>
  release(): void
  /** Settles when all is closed. */
  ended: Promise<void>
}

export function holdConnection(flags: { 'data-dir'?: string }, host: CliHost): HeldConnection {
  let held: Held | null = null
  let users = 0
  let idle: NodeJS.Timeout | undefined

  const letGo = (): void => {
    held?.release()
    held = null
  }
  const open = (): Promise<AppClient> => {
    held ??= hold(flags, host)
    return held.client
  }
  return {
    async use(work) {
      users++
      clearTimeout(idle)
      const before = held
      try {
        return await work(await open())
      } catch (error) {
        const isGone = error instanceof HomeportError && error.code === 'unavailable'
        if (!isGone || before === null) throw error
        // another may have the folder by now
        if (held === before) letGo()
        return await work(await open())
      } finally {
        users--
        if (users === 0) idle = setTimeout(letGo, IDLE_MS)
      }
    },
    async close() {
      clearTimeout(idle)
      const { ended } = held ?? {}
      letGo()
      await ended
    }
  }
}

function hold(flags: { 'data-dir'?: string }, host: CliHost): Held {
  const opened = Promise.withResolvers<AppClient>()
  const released = Promise.withResolvers<void>()
  const ended = withConnection(flags, host, (connection) => {
    opened.resolve(connection)
    return released.promise
  }).catch(opened.reject)
  return { client: opened.promise, release: released.resolve, ended }
}
