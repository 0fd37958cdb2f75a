import { join } from 'node:path'
import { app, dialog } from 'electron'
import { prepareForCommand, runCommand } from './cli.ts'
import { commandLineArguments } from './launch-options.ts'
import { registerAppScheme } from './security/app-scheme.ts'
import { startShell } from './shell.ts'

// Nothing is awaited before the calls that must come before Electron is ready.
const entryFolder = import.meta.dirname
const command = commandLineArguments(process.argv)

// Electron's own files stay out of the data folder, whose name would be the same on macOS
const profile = command === null ? 'homeport-app' : 'homeport-command'
if (!app.commandLine.hasSwitch('user-data-dir'))
  app.setPath('userData', join(app.getPath('appData'), profile))

const messageOf = (error: unknown) => (error instanceof Error ? error.message : 'Unknown error')

if (command !== null) {
  prepareForCommand()
  runCommand(command, entryFolder)
    .then((code) => app.exit(code))
    .catch((error: unknown) => {
      process.stderr.write(`homeport: ${messageOf(error)}\n`)
      app.exit(1)
    })
} else if (app.requestSingleInstanceLock()) {
  registerAppScheme()
  // Wayland lets an app have a global shortcut only through its portal
  if (process.platform === 'linux') app.commandLine.appendSwitch('enable-features', 'GlobalShortcutsPortal')
  app
    .whenReady()
    .then(() => startShell(entryFolder))
    .catch((error: unknown) => {
      dialog.showErrorBox('Homeport could not start', messageOf(error))
      app.exit(1)
    })
} else app.exit(0)
