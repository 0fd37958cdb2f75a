import { resolve } from 'node:path'
import { parseArgs } from 'node:util'
import envPaths from 'env-paths'
import {
  DATA_FOLDER_NAME,
  DEFAULT_PORT,
  type LaunchConfig,
  launchConfigSchema
} from '../core/contract/settings.ts'
import { HomeportError } from '../core/errors/homeport-error.ts'

/**
 * How the app was started: flags win over the environment, that over `rememberedPort`, that over the default. The same
 * flags, variables and data folder as `homeport serve`, so that the app finds a daemon started there.
 */
export function readLaunchOptions(
  args: readonly string[],
  env: NodeJS.ProcessEnv,
  rememberedPort: number | null
): LaunchConfig {
  const { values } = parseArgs({
    args: [...args],
    options: { port: { type: 'string' }, 'data-dir': { type: 'string' }, 'log-level': { type: 'string' } },
    // Chromium's own switches stand on the same command line
    strict: false,
    allowPositionals: true
  })
  const dataDir = values['data-dir'] ?? (env.HOMEPORT_HOME || envPaths(DATA_FOLDER_NAME, { suffix: '' }).data)
  const options = launchConfigSchema.safeParse({
    port: Number(values.port ?? (env.HOMEPORT_PORT || rememberedPort || DEFAULT_PORT)),
    dataDir: typeof dataDir === 'string' && dataDir !== '' ? resolve(dataDir) : dataDir,
    logLevel: values['log-level'] ?? (env.HOMEPORT_LOG_LEVEL || 'info')
  })
  if (options.success) return options.data
  const problem = options.error.issues[0]
  throw new HomeportError(
    'bad-request',
    `Cannot start with this ${problem?.path.join('.')}: ${problem?.message}`,
    {
      action:
        'Check the flags --port, --data-dir and --log-level, and the environment variables of the same names.'
    }
  )
}

/** The arguments after `--cli`, or null when this start is for the window. */
export function commandLineArguments(args: readonly string[]): string[] | null {
  const flag = args.indexOf('--cli')
  return flag === -1 ? null : args.slice(flag + 1)
}
