import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { _electron, type ElectronApplication, type Page } from 'playwright/test'
import { StandinApplication } from '../standin/driver.ts'
import { emptyHome } from '../support/empty-home.ts'
import { chromiumArguments } from '../support/find-chromium.ts'
import { appRoot, electron } from './app-root.ts'
import { type TemporaryHome, temporaryHome } from './temporary-home.ts'

type Application = Pick<ElectronApplication, 'evaluate' | 'windows' | 'process'>

/** A running desktop app with folders of its own. */
export interface DesktopApp extends Application {
  readonly home: TemporaryHome
  readonly mainWindow: Page
  /** The quick prompt's page, as soon as it is loaded. */
  quickWindow(): Promise<Page>
  /** Starts the app a second time, as a person would; returns its exit code. */
  startAgain(): number | null
  /** Quits, and keeps the folders. */
  quit(): Promise<void>
  /** Quits if it still runs, and removes the folders. */
  close(): Promise<void>
}

export interface LaunchOptions {
  /** A home that an earlier run left. */
  home?: TemporaryHome
  env?: Record<string, string>
}

export async function launchApp(options: LaunchOptions = {}): Promise<DesktopApp> {
  const home = options.home ?? temporaryHome()
  const command = appCommand(home, options.env)
  const { application, close } = await start(command)
  const mainWindow = await findWindow(application, 'index.html')
  let hasQuit = false
  const quit = async () => {
    if (hasQuit) return
    hasQuit = true
    await close()
  }
  return {
    home,
    mainWindow,
    evaluate: application.evaluate.bind(application),
    windows: () => application.windows(),
    process: () => application.process(),
    quickWindow: () => findWindow(application, 'quick.html'),
    startAgain: () => spawnSync(command.file, command.args, { ...command, timeout: 15_000 }).status,
    quit,
    async close() {
      await quit()
      home.remove()
    }
  }
}

export interface AppCommand {
  file: string
  args: string[]
  cwd: string
  env: Record<string, string>
}

/** How the app is started in a process of its own. */
export function appCommand(home: TemporaryHome, own: Record<string, string> = {}): AppCommand {
  const userData = `--user-data-dir=${home.userData}`
  const env = environment(home, own)
  if (electron !== null)
    return { file: electron, args: [appRoot, userData, ...chromiumArguments], cwd: appRoot, env }
  const register = join(import.meta.dirname, '../standin/register.mjs')
  const main = join(appRoot, 'out/main/main.mjs')
  return { file: process.execPath, args: ['--import', register, main, userData], cwd: appRoot, env }
}

function environment(home: TemporaryHome, own: Record<string, string> = {}): Record<string, string> {
  const inherited = Object.entries(process.env).filter(
    (entry): entry is [string, string] => entry[1] !== undefined
  )
  return {
    ...Object.fromEntries(inherited),
    ...emptyHome,
    // what Playwright's own runner sets must not reach the app
    NODE_OPTIONS: '',
    HOMEPORT_E2E: '1',
    HOMEPORT_E2E_ORIGIN: 'https://homeport.app.standin',
    HOMEPORT_HOME: home.dataDir,
    HOMEPORT_PORT: '0',
    HOMEPORT_SECRETS: 'file',
    ...own
  }
}

interface Running {
  application: Application
  close(): Promise<void>
}

async function start(command: AppCommand): Promise<Running> {
  const { file, args, cwd, env } = command
  if (electron !== null) {
    const application = await _electron.launch({ executablePath: file, args, cwd, env })
    return { application, close: () => application.close() }
  }
  const standin = await StandinApplication.launch(command)
  // proven boundary: the driver has the members that DesktopApp uses, with Playwright's behaviour
  return { application: standin as unknown as Application, close: () => standin.close() }
}

/** The window that shows this page. Windows come up on their own, so it is looked for until it is there. */
async function findWindow(application: Application, page: string): Promise<Page> {
  for (let attempt = 0; attempt < 150; attempt++) {
    const found = application.windows().find((window) => new URL(window.url()).pathname.endsWith(page))
    if (found !== undefined) return found
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
  throw new Error(`no window shows ${page}`)
}
