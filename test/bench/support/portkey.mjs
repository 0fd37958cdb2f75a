import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdirSync, renameSync, rmSync } from 'node:fs'
import http from 'node:http'
import net from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'

// Portkey's gateway, to compare with. Installed outside the repository when it is asked for, and kept there.

const VERSION = '1.15.2'
const folder = path.join(tmpdir(), `homeport-bench-portkey-${VERSION}`)
const entry = path.join(folder, 'node_modules/@portkey-ai/gateway/build/start-server.js')
const START_LIMIT_MS = 15_000

/** Resolves with whether it is there now. Without a registry to ask, it is not. */
export async function installPortkey(limitMs) {
  if (existsSync(entry)) return true
  const unfinished = `${folder}-${process.pid}`
  mkdirSync(unfinished)
  const npm = spawn(
    'npm',
    ['install', '--no-audit', '--no-fund', '--ignore-scripts', `@portkey-ai/gateway@${VERSION}`],
    { cwd: unfinished, stdio: 'ignore', timeout: limitMs }
  )
  const code = await Promise.race([
    once(npm, 'exit').then(([code]) => code),
    once(npm, 'error').then(() => 1)
  ])
  if (code === 0 && !existsSync(folder)) renameSync(unfinished, folder)
  rmSync(unfinished, { recursive: true, force: true })
  return existsSync(entry)
}

function freePort() {
  return new Promise((resolve) => {
    const server = net.createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address()
      server.close(() => resolve(port))
    })
  })
}

const answers = (port) =>
  new Promise((resolve) => {
    const request = http.get({ host: '127.0.0.1', port, agent: false }, (response) => {
      response.resume()
      resolve(true)
    })
    request.on('error', () => resolve(false))
  })

/** Starts it; null when it does not come up. The headers tell it where to go on. */
export async function startPortkey(upstream) {
  const port = await freePort()
  const child = spawn(process.execPath, [entry, '--headless', `--port=${port}`], { stdio: 'ignore' })
  const headers = { 'x-portkey-provider': 'openai', 'x-portkey-custom-host': `${upstream}/v1` }
  for (const deadline = Date.now() + START_LIMIT_MS; Date.now() < deadline; await sleep(50)) {
    if (child.exitCode !== null) return null
    if (await answers(port)) return { child, pid: child.pid, origin: `http://127.0.0.1:${port}`, headers }
  }
  child.kill('SIGKILL')
  return null
}
