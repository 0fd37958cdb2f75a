import { PassThrough, Readable } from 'node:stream'
import { text } from 'node:stream/consumers'
import type { Daemon } from '../../contract/running-daemon.ts'
import { openDaemon } from '../../daemon.ts'
import { runCli } from '../cli.ts'
import type { CliHost } from '../cli-host.ts'

export const noEngine = () => {
  throw new Error('no model of this machine is asked here')
}

/** A command in this process as a person types it: what it ends with, and what it prints. */
export async function runCommand(
  args: readonly string[],
  { stdin = Readable.from([]), env = process.env }: Partial<Pick<CliHost, 'stdin' | 'env'>> = {}
): Promise<{ code: number; out: string; err: string }> {
  const stdout = new PassThrough()
  const stderr = new PassThrough()
  const reading = Promise.all([text(stdout), text(stderr)])
  const code = await runCli(args, { spawnChild: noEngine, stdin, stdout, stderr, env })
  stdout.end()
  stderr.end()
  const [out, err] = await reading
  return { code, out, err }
}

/** A daemon in this process on a free port, without a window; `port` is where it listens. */
export async function startDaemonIn(dataDir: string): Promise<{ daemon: Daemon; port: number }> {
  const daemon = await openDaemon({
    dataDir,
    logLevel: 'error',
    version: '0.0.0',
    rendererDir: null,
    uiOrigins: [],
    spawnChild: noEngine
  })
  return { daemon, port: await daemon.listen(0) }
}
