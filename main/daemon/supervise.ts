import { app, dialog } from 'electron'
import type { LaunchConfig } from '../../core/contract/settings.ts'
import { AttachedDaemon } from './attached-daemon.ts'
import { nextFreePort } from './free-port.ts'
import { findRunningDaemon, stopRunningDaemon } from './running-daemon.ts'
import { SpawnedDaemon } from './spawned-daemon.ts'
import { DaemonSupervisor, type SupervisorParts } from './supervisor.ts'
import { utilityFork } from './utility-fork.ts'

export interface Supervision extends Pick<SupervisorParts, 'changed' | 'settings' | 'notice'> {
  /** The folder of the built entries. */
  entryFolder: string
  options: LaunchConfig
  /** Origins of our pages, as their requests name them. */
  uiOrigins: readonly string[]
}

/** A supervisor whose daemons are utility processes of this app, or whichever already serves the data folder. */
export function superviseDaemon({
  entryFolder,
  options,
  uiOrigins,
  changed,
  settings,
  notice
}: Supervision): DaemonSupervisor {
  const fork = utilityFork(entryFolder)
  const { dataDir, logLevel } = options
  return new DaemonSupervisor(options.port, {
    findRunning: () => findRunningDaemon(dataDir, app.getVersion()),
    attach: (file, events) => new AttachedDaemon(file, events),
    spawn: (port, events) =>
      new SpawnedDaemon(fork, { port, dataDir, logLevel, uiOrigins: [...uiOrigins] }, events),
    confirmReplacement,
    stopRunning: stopRunningDaemon,
    nextFreePort,
    changed,
    settings,
    notice
  })
}

async function confirmReplacement(version: string): Promise<boolean> {
  const { response } = await dialog.showMessageBox({
    type: 'question',
    message: `Homeport ${version} is still running`,
    detail: `This is Homeport ${app.getVersion()}. Programs that are using the older one are interrupted for a moment.`,
    buttons: ['Keep the older one', 'Replace it'],
    defaultId: 1,
    cancelId: 0
  })
  return response === 1
}
