import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type BrowserContext, chromium, type Page, type Route } from 'playwright'
import { chromiumArguments, findChromium } from '../support/find-chromium.ts'

/** How long a page may exist without belonging to a window: Electron would not have made it. */
const strayPageMs = 300

const windowPages = new WeakSet<Page>()
let openContext: BrowserContext | undefined
let opening = 0

/** The browser whose pages are the windows. */
export function browserContext(): BrowserContext {
  if (openContext === undefined) throw new Error('electron stand-in: the app is not ready')
  return openContext
}

/** A page that belongs to a window. */
export async function openWindowPage(): Promise<Page> {
  opening++
  try {
    const page = await browserContext().newPage()
    windowPages.add(page)
    return page
  } finally {
    opening--
  }
}

/** Starts Chromium, and lets the test in before there is any window. */
export async function startBrowser(handleRequest: (route: Route) => Promise<void>): Promise<void> {
  const { process: chromiumProcess, address } = await spawnChromium()
  const browser = await chromium.connectOverCDP(address)
  const context = browser.contexts()[0]
  if (context === undefined) throw new Error('electron stand-in: Chromium has no context')
  openContext = context
  await context.route('**/*', handleRequest)
  context.on('page', closeIfStray)
  await testConnected(address, chromiumProcess.pid)
}

/**
 * Tells the test, if there is one, how to reach the browser, and waits until it does: a page made while a second
 * client connects may never load.
 */
async function testConnected(address: string, pid: number | undefined): Promise<void> {
  if (process.send === undefined) return
  const { promise, resolve } = Promise.withResolvers<void>()
  const listener = (message: { type: string }) => {
    if (message.type !== 'connected') return
    process.off('message', listener)
    resolve()
  }
  process.on('message', listener)
  process.send({ type: 'browser', address, pid })
  await promise
}

/** A window's page is announced before it is known as one, by much on a busy machine: it is judged when none is opening. */
function closeIfStray(page: Page): void {
  setTimeout(() => {
    if (opening > 0) closeIfStray(page)
    else if (!windowPages.has(page)) page.close().catch(() => {})
  }, strayPageMs)
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
