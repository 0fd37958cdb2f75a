import { once } from 'node:events'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { app } from 'electron'
import { z } from 'zod'
import type { SpawnChild } from '../core/contract/daemon-messages.ts'
import { childEnvironment } from './daemon/child-environment.ts'
import { entryOfChild } from './daemon/forked-process.ts'
import { utilityFork } from './daemon/utility-fork.ts'

/** What the command line cannot take from the process it runs in. */
export interface CommandHost {
  spawnChild: SpawnChild
}

/** `runCli` of the built `cli.mjs`: runs one command and resolves with its exit code. */
type RunCli = (args: string[], host: CommandHost) => Promise<number>

const cliModuleSchema = z.object({ runCli: z.custom<RunCli>((value) => typeof value === 'function') })

/** Before the app is ready: a command needs no display, no graphics card and no place in the dock. */
export function prepareForCommand(): void {
  app.disableHardwareAcceleration()
  if (process.platform === 'linux') app.commandLine.appendSwitch('ozone-platform', 'headless')
  app.dock?.hide()
}

/** Runs `homeport ARGS` in this process. Utility processes take the place of child processes. */
export async function runCommand(args: string[], entryFolder: string): Promise<number> {
  await app.whenReady()
  const module: unknown = await import(pathToFileURL(join(entryFolder, 'cli.mjs')).href)
  const code = await cliModuleSchema.parse(module).runCli(args, { spawnChild: spawnChild(entryFolder) })
  // where pipes are asynchronous, what is printed last would be lost with the process
  for (const stream of [process.stdout, process.stderr])
    if (stream.writableNeedDrain) await once(stream, 'drain')
  return code
}

function spawnChild(entryFolder: string): SpawnChild {
  const fork = utilityFork(entryFolder)
  return (name, env) => {
    const child = fork(entryOfChild[name], childEnvironment(process.env, env))
    return {
      kill: () => child.kill(),
      onExit: (listener) => child.on('exit', listener)
    }
  }
}
