import { existsSync } from 'node:fs'
import { chromium } from 'playwright'

const systemPaths = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/usr/bin/google-chrome-stable',
  '/opt/google/chrome/chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe'
]

/** A Chromium for the tests: the one named in the environment, Playwright's own, the system's. Null if there is none. */
export function findChromium(): string | null {
  const named = process.env.STANDIN_CHROMIUM ?? process.env.CHROMIUM
  if (named !== undefined) return named
  return [chromium.executablePath(), ...systemPaths].find((path) => path !== '' && existsSync(path)) ?? null
}

/** Chromium's sandbox does not start for root. */
export const chromiumArguments: readonly string[] = process.getuid?.() === 0 ? ['--no-sandbox'] : []
