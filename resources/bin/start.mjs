// `npm start`: the desktop app where it can run, otherwise the same app in the browser.
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { buildIfStale } from './build-if-stale.mjs'
import { fetchElectron, findElectron } from './electron-binary.mjs'
import { root, runChild, runsOnSuitableNode } from './pinned-node.mjs'

const args = process.argv.slice(2)

/** Without a display no window can open, so nothing is fetched either. */
function whyNoDesktop() {
  if (process.env.HOMEPORT_HEADLESS === '1') return 'Headless as asked: running in the browser.'
  if (process.platform === 'linux' && !process.env.DISPLAY && !process.env.WAYLAND_DISPLAY)
    return 'No desktop here: running in the browser instead.'
  return null
}

async function start() {
  const reason = whyNoDesktop()
  if (reason !== null) return serve(reason)
  const electron = findElectron(root) ?? (await fetchElectron(root))
  if (electron === null) return serve('No Electron binary here: running in the browser instead.')
  const code = await runChild(electron, ['.', ...args], { cwd: root })
  // what the loader answers when a system library of the binary is missing
  if (code === 127) return serve('Electron cannot run on this system: running in the browser instead.')
  process.exitCode = code
}

async function serve(reason) {
  process.stderr.write(`${reason}\n`)
  const { runAsProcess } = await import(pathToFileURL(join(root, 'out/main/cli.mjs')).href)
  await runAsProcess(['serve', ...args])
}

if (await runsOnSuitableNode(import.meta.url)) {
  if (buildIfStale(root)) await start()
  else process.exitCode = 1
}
