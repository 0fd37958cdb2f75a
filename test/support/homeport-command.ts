import { spawn } from 'node:child_process'
import { text } from 'node:stream/consumers'
import { cliFile } from './cli-file.ts'
import { emptyHome } from './empty-home.ts'
import { waitUntil } from './wait-until.ts'

export interface CommandResult {
  code: number | null
  stdout: string
  stderr: string
}

/** A `homeport` command that runs in a process of its own. */
export interface RunningCommand {
  kill(signal: NodeJS.Signals): void
  /** Resolves once stdout matches; fails when the command ends before. */
  untilPrinted(pattern: RegExp): Promise<void>
  readonly result: Promise<CommandResult>
}

export function startCommand(args: string[], input = '', env: Record<string, string> = {}): RunningCommand {
  const child = spawn(process.execPath, [cliFile, ...args], {
    env: { ...process.env, ...emptyHome, HOMEPORT_SECRETS: 'file', ...env }
  })
  // a command that does not read its input may be gone before it is written
  child.stdin.on('error', () => {})
  child.stdin.end(input)
  let printed = ''
  child.stdout.on('data', (chunk: Buffer) => {
    printed += chunk.toString()
  })
  const exited = new Promise<number | null>((resolve) => child.on('close', resolve))
  return {
    kill: (signal) => void child.kill(signal),
    async untilPrinted(pattern) {
      await waitUntil(() => {
        if (child.exitCode !== null && !pattern.test(printed)) throw new Error(`it ended after: ${printed}`)
        return pattern.test(printed)
      })
    },
    result: Promise.all([exited, text(child.stdout), text(child.stderr)]).then(([code, stdout, stderr]) => ({
      code,
      stdout,
      stderr
    }))
  }
}

/** Runs a command to its end. */
export const runCommand = (args: string[], input = ''): Promise<CommandResult> =>
  startCommand(args, input).result
