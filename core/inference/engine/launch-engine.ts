import type { SpawnChild } from '../../contract/daemon-messages.ts'
import { engineEnvironment } from '../../contract/engine-frames.ts'
import type { EngineConnection, EngineSocket } from './engine-socket.ts'
import { unlessAborted } from './unless-aborted.ts'

export interface LaunchedEngine {
  connection: EngineConnection
  kill(): void
}

const START_DEADLINE_MS = 60_000

/**
 * Starts an inference process; resolves when it is on the line. Rejects, and leaves no process behind, when it ends before
 * that, takes too long, or is not wanted any more. In `codeFolder` it keeps its compiled code: with it, it starts in two
 * thirds of the time.
 */
export async function launchEngine(
  socket: EngineSocket,
  spawnChild: SpawnChild,
  codeFolder: string,
  signal: AbortSignal
): Promise<LaunchedEngine> {
  signal.throwIfAborted()
  const expected = socket.expect()
  const child = spawnChild('inference', {
    [engineEnvironment.socket]: socket.path,
    [engineEnvironment.secret]: expected.secret,
    NODE_COMPILE_CACHE: codeFolder,
    ...threadsOverride()
  })
  const failed = new AbortController()
  child.onExit((code) => failed.abort(new Error(`it ended with code ${code}`)))
  const deadline = setTimeout(() => failed.abort(new Error('it did not answer in time')), START_DEADLINE_MS)
  try {
    const connection = await unlessAborted(expected.connection, AbortSignal.any([failed.signal, signal]))
    return { connection, kill: () => child.kill() }
  } catch (error) {
    expected.cancel()
    child.kill()
    throw error
  } finally {
    clearTimeout(deadline)
  }
}

function threadsOverride(): Record<string, string> {
  const threads = process.env.HOMEPORT_THREADS
  return threads === undefined ? {} : { HOMEPORT_THREADS: threads }
}
