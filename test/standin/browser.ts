import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type BrowserContext, chromium, type Page, type Route } from 'playwright'
import { chromiumArguments, findChromium } from '../support/find-chromium.ts'

/** How long a page may exist without belonging to a window: Electron would not have made it. */
const strayPageMs = 300

let openContext: BrowserContext | undefined

/** The browser whose pages are the windows. */
export function browserContext(): BrowserContext {
  if (openContext === undefined) throw new Error('electron stand-in: the app is not ready')
  return openContext
}

/** Starts Chromium and tells the test, if there is one, how to reach it. */
export async function startBrowser(
  handleRequest: (route: Route) => Promise<void>,
  isWindow: (page: Page) => boolean
): Promise<void> {
  const { process: chromiumProcess, address } = await spawnChromium()
  const browser = await chromium.connectOverCDP(address)
  const context = browser.contexts()[0]
  if (context === undefined) throw new Error('electron stand-in: Chromium has no context')
  openContext = context
  await context.route('**/*', handleRequest)
  context.on('page', (page) => {
    setTimeout(() => {
      if (!isWindow(page)) page.close().catch(() => {})
    }, strayPageMs)
  })
  process.send?.({ type: 'browser', address, pid: chromiumProcess.pid })
}

async function spawnChromium(): Promise<{ process: ChildProcess; address: string }> {
  const executable = findChromium()
  if (executable === null) throw new Error('electron stand-in: no Chromium found; set STANDIN_CHROMIUM')
  const profile = mkdtempSync(join(tmpdir(), 'standin-'))
  const child = spawn(
    executable,
    [
      ...(process.env.STANDIN_HEADED === '1' ? [] : ['--headless=new']),
      ...chromiumArguments,
      '--disable-gpu',
      '--disable-dev-shm-usage',
      '--no-first-run',
      '--no-default-browser-check',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      '--password-store=basic',
      '--force-color-profile=srgb',
      '--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost',
      '--remote-debugging-port=0',
      `--user-data-dir=${profile}`,
      'about:blank'
    ],
    { stdio: ['ignore', 'ignore', 'pipe'] }
  )
  process.on('exit', () => {
    child.kill('SIGKILL')
    rmSync(profile, { recursive: true, force: true, maxRetries: 3 })
  })
  const address = await new Promise<string>((resolve, reject) => {
    let printed = ''
    child.stderr.on('data', (chunk: Buffer) => {
      printed += chunk.toString()
      const found = /DevTools listening on (ws:\S+)/.exec(printed)?.[1]
      if (found !== undefined) resolve(found)
    })
    child.once('exit', (code) => reject(new Error(`Chromium ended with ${code}: ${printed.slice(-500)}`)))
  })
  return { process: child, address }
}
