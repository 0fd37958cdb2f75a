import { type Browser, chromium, type Page } from 'playwright/test'
import { chromiumArguments, findChromium } from '../support/find-chromium.ts'
import { type ServingDaemon, serve } from './serve.ts'
import { type TemporaryHome, temporaryHome } from './temporary-home.ts'

/** `homeport serve`, and a browser that followed the link it printed. */
export interface HeadlessApp {
  readonly home: TemporaryHome
  readonly browser: Browser
  readonly page: Page
  readonly daemon: ServingDaemon
  close(): Promise<void>
}

export async function launchHeadless(): Promise<HeadlessApp> {
  const executablePath = findChromium()
  if (executablePath === null) throw new Error('no Chromium found; set CHROMIUM')
  const home = temporaryHome()
  const daemon = await serve(home.dataDir)
  const browser = await chromium.launch({ executablePath, args: [...chromiumArguments] })
  const page = await browser.newPage({ viewport: { width: 1180, height: 780 } })
  // asked of the person in a browser; the desktop app has a clipboard of its own
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write'])
  await page.goto(daemon.link)
  return {
    home,
    browser,
    page,
    daemon,
    async close() {
      await browser.close()
      await daemon.stop()
      home.remove()
    }
  }
}
