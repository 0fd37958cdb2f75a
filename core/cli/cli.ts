import { once } from 'node:events'
import { existsSync, realpathSync } from 'node:fs'
import { enableCompileCache } from 'node:module'
import { fileURLToPath } from 'node:url'
import { HomeportError } from '../errors/homeport-error.ts'
import { type CliHost, processHost } from './cli-host.ts'
import { commands } from './command-list.ts'
import { commandHelp, overview } from './help.ts'
import { type ParsedArguments, parseArguments } from './parse-arguments.ts'
import { printable } from './table.ts'
import { createTerminal, type Terminal } from './terminal.ts'
import { UsageError } from './usage-error.ts'
import { readVersion } from './version.ts'

/**
 * Runs one `homeport` command and resolves with its exit code: 0 done, 1 failed, 2 typed wrongly. Never rejects: a
 * failure is one line on stderr that says what to do. What the host leaves out is taken from this process.
 */
export async function runCli(args: readonly string[], host: Partial<CliHost> = {}): Promise<number> {
  const complete = processHost(host)
  const terminal = createTerminal(complete)
  try {
    return await execute(parseArguments(args, commands), complete, terminal)
  } catch (error) {
    terminal.note(`homeport: ${describe(error)}`)
    return error instanceof UsageError ? 2 : 1
  }
}

async function execute(parsed: ParsedArguments, host: CliHost, terminal: Terminal): Promise<number> {
  switch (parsed.kind) {
    case 'version':
      terminal.line(readVersion())
      return 0
    case 'help': {
      const { of } = parsed
      terminal.write(
        of !== null && 'run' in of ? commandHelp(of) : overview(commands, of === null ? null : of.group)
      )
      return 0
    }
    case 'run':
      return parsed.command.run({ values: parsed.values, args: parsed.args, terminal, host })
  }
}

function describe(error: unknown): string {
  if (error instanceof UsageError) return error.message
  if (error instanceof HomeportError)
    return printable(error.action === null ? error.message : `${sentence(error.message)} ${error.action}`)
  return `unexpected failure: ${printable(error instanceof Error ? error.message : String(error))}`
}

const sentence = (text: string): string => (/[.!?]$/.test(text) ? text : `${text}.`)

/** What the engine made of our code, for the next start. Two folders up from here and from the build's `out/main` alike. */
const compiledCode = new URL('../../node_modules/.cache/homeport', import.meta.url)

/** Runs a command as all that this process does, and ends it. */
export async function runAsProcess(args: readonly string[]): Promise<void> {
  // where it cannot be kept, the code is compiled anew
  enableCompileCache(fileURLToPath(compiledCode))
  // a reader that went away, as `head` does, has all it wanted
  process.stdout.on('error', (error: NodeJS.ErrnoException) => process.exit(error.code === 'EPIPE' ? 0 : 1))
  // what a command waits for may be a worker that keeps no process alive
  const alive = setInterval(() => {}, 60_000)
  const code = await runCli(args)
  clearInterval(alive)
  for (const stream of [process.stdout, process.stderr])
    if (stream.writableNeedDrain) await once(stream, 'drain')
  process.exit(code)
}

/** In the packaged app the second argument is no file but `--cli`. */
function isMain([, script]: readonly string[]): boolean {
  return script !== undefined && existsSync(script) && realpathSync(script) === fileURLToPath(import.meta.url)
}
if (isMain(process.argv)) await runAsProcess(process.argv.slice(2))
