import type { LaunchConfig } from '../contract/settings.ts'
import { HomeportError } from '../errors/homeport-error.ts'
import { readLaunchConfig } from '../settings/launch-config.ts'
import type { CliHost } from './cli-host.ts'
import { UsageError } from './usage-error.ts'

/** A command's own values of the flags that say which daemon is meant. */
export interface LaunchFlags {
  port?: string
  'data-dir'?: string
  'log-level'?: string
}

/** The same folder, port and level that a daemon started with these flags would have. Throws UsageError for bad values. */
export function launchConfig(flags: LaunchFlags, { env }: CliHost): LaunchConfig {
  const { port, 'data-dir': dataDir, 'log-level': logLevel } = flags
  try {
    return readLaunchConfig({ port, dataDir, logLevel }, env)
  } catch (error) {
    if (error instanceof HomeportError && error.code === 'bad-request') throw new UsageError(error.message)
    throw error
  }
}
