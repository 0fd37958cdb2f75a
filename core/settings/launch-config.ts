import { resolve } from 'node:path'
import { DEFAULT_PORT, type LaunchConfig, launchConfigSchema, logLevels } from '../contract/settings.ts'
import { HomeportError } from '../errors/homeport-error.ts'
import { defaultDataDir } from '../store/data-folder.ts'

type Texts = Readonly<Record<string, string | undefined>>

const sources = {
  port: { flag: '--port', variable: 'HOMEPORT_PORT' },
  dataDir: { flag: '--data-dir', variable: 'HOMEPORT_HOME' },
  logLevel: { flag: '--log-level', variable: 'HOMEPORT_LOG_LEVEL' }
} as const

/** The values of the flags as they were typed. */
export type LaunchFlags = { readonly [K in keyof typeof sources]?: string | undefined }

/**
 * How this process was started: flags win over environment, environment over defaults. Throws `bad-request` naming the
 * flag or variable whose value is no good.
 */
export function readLaunchConfig(flags: LaunchFlags, env: Texts): LaunchConfig {
  const read = (name: keyof typeof sources): { text: string; from: string } | null => {
    const { flag, variable } = sources[name]
    const typed = flags[name]
    if (typed !== undefined) return { text: typed, from: flag }
    const text = env[variable]
    return text ? { text, from: variable } : null
  }

  const port = read('port')
  const dataDir = read('dataDir')
  const logLevel = read('logLevel')
  if (port && !(/^\d{1,5}$/.test(port.text) && Number(port.text) <= 65_535))
    throw badValue(port.from, 'a port number from 0 to 65535')
  if (dataDir?.text === '') throw badValue(dataDir.from, 'a folder')
  if (logLevel && !logLevels.some((level) => level === logLevel.text))
    throw badValue(logLevel.from, `one of ${logLevels.join(', ')}`)

  return launchConfigSchema.parse({
    port: port ? Number(port.text) : DEFAULT_PORT,
    dataDir: dataDir ? resolve(dataDir.text) : defaultDataDir(env),
    logLevel: logLevel?.text ?? 'info'
  })
}

const badValue = (from: string, wanted: string): HomeportError =>
  new HomeportError('bad-request', `${from} takes ${wanted}`, { param: from })
