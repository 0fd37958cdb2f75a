import { findChromium } from '../support/find-chromium.ts'
import { runTool } from './run-tool.mjs'

let found

/** A Chromium to test in: Playwright's own, the system's, or, as root on a Debian, one that apt installs. Else null. */
export function ensureChromium() {
  found ??= findOrInstall()
  return found
}

async function findOrInstall() {
  const present = findChromium()
  if (present !== null || process.getuid?.() !== 0) return present
  process.stdout.write('  no Chromium here: installing the package "chromium"\n')
  const env = { DEBIAN_FRONTEND: 'noninteractive' }
  await runTool('apt-get', ['update', '-qq'], { minutes: 2, env })
  await runTool('apt-get', ['install', '-y', '-qq', '--no-install-recommends', 'chromium'], {
    minutes: 5,
    env
  })
  return findChromium()
}
