import { join } from 'node:path'
import { utilityProcess } from 'electron'
import type { Fork } from './forked-process.ts'

/** Starts entries as Electron's utility processes. `folder` holds the built entries; the app must be ready. */
export function utilityFork(folder: string): Fork {
  return (entry, env) =>
    utilityProcess.fork(join(folder, `${entry}.mjs`), [], {
      serviceName: `homeport-${entry.replace('.worker', '')}`,
      stdio: 'inherit',
      ...(env === undefined ? {} : { env })
    })
}
