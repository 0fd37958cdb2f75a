import { existsSync } from 'node:fs'
import { setTimeout as delay } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import type { Daemon } from '../../contract/running-daemon.ts'
import type { LaunchConfig } from '../../contract/settings.ts'
import { HomeportError } from '../../errors/homeport-error.ts'
import { openBrowser } from '../browser.ts'
import type { CliHost } from '../cli-host.ts'
import { dataDirOption, defineCommand } from '../command.ts'
import { connectToDaemon, isFolderLocked } from '../connect.ts'
import { onInterrupt } from '../interrupt.ts'
import { launchConfig } from '../launch-flags.ts'
import { readVersion } from '../version.ts'

/** Calls that run get this long to end; after it the process ends regardless. */
const LONGEST_STOP_MS = 8_000
const SAME_PRESS_MS = 500

export const serveCommand = defineCommand({
  name: 'serve',
  summary: 'run Homeport without a window, for programs and the browser',
  args: [],
  options: {
    port: { type: 'string', value: 'PORT', help: 'port on 127.0.0.1 (default: 7678; 0: any free one)' },
    ...dataDirOption,
    'log-level': { type: 'string', value: 'LEVEL', help: 'debug, info (default), warn or error' },
    'no-open': { type: 'boolean', help: 'do not open the browser' }
  },
  examples: ['homeport serve', 'homeport serve --port 8080 --data-dir ./data'],
  async run({ values, terminal, host }) {
    const config = launchConfig(values, host)
    const daemon = await openForServing(config, host)
    const stopped = untilStopped(daemon)
    try {
      await daemon.listen(config.port)
      const { url } = daemon.mintLink()
      terminal.line(`Homeport is ready: ${url}`)
      if (terminal.interactive && !values['no-open']) openBrowser(url, host.env)
      await stopped
    } finally {
      await closeInTime(daemon)
    }
    return 0
  }
})

/** A command may have the folder for a moment, so a taken one is asked who has it before we give up. */
async function openForServing(config: LaunchConfig, host: CliHost): Promise<Daemon> {
  const { openDaemon } = await import('../../daemon.ts')
  for (;;) {
    try {
      return await openDaemon({
        dataDir: config.dataDir,
        logLevel: config.logLevel,
        version: readVersion(),
        rendererDir: builtRenderer(),
        uiOrigins: ['app://homeport'],
        spawnChild: host.spawnChild
      })
    } catch (error) {
      if (!isFolderLocked(error)) throw error
    }
    const running = await connectToDaemon(config.dataDir)
    if (running?.daemon) {
      const { pid, port } = running.daemon
      await running.close()
      throw new HomeportError(
        'folder-locked',
        `Homeport already runs with this data folder, on port ${port} (process ${pid})`,
        { action: 'Open it with: homeport open' }
      )
    }
  }
}

/** The pages that the build put beside the code; null when only the code is there. */
function builtRenderer(): string | null {
  const path = import.meta.url.endsWith('.ts') ? '../../../out/renderer' : '../renderer'
  const folder = fileURLToPath(new URL(path, import.meta.url))
  return existsSync(folder) ? folder : null
}

/**
 * Resolves when the person, the system or another program asks the daemon to stop. Asked again by a person who lost
 * patience, the process ends at once; one Ctrl-C can arrive twice, from the terminal and from npm.
 */
function untilStopped(daemon: Daemon): Promise<void> {
  return new Promise((resolve) => {
    let askedAt: number | null = null
    onInterrupt((signal) => {
      askedAt ??= Date.now()
      if (signal === 'SIGINT' && Date.now() - askedAt > SAME_PRESS_MS) process.exit(1)
      resolve()
    })
    daemon.onStopRequested(resolve)
  })
}

async function closeInTime(daemon: Daemon): Promise<void> {
  const deadline = delay(LONGEST_STOP_MS, 'late', { ref: false })
  if ((await Promise.race([daemon.close(), deadline])) === 'late') process.exit(1)
}
