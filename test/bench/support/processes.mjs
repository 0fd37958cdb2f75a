import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import http from 'node:http'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'

const root = path.resolve(import.meta.dirname, '../../..')
const cli = path.join(root, 'out/main/cli.mjs')
const START_LIMIT_MS = 20_000

export const temporaryFolder = () => mkdtempSync(path.join(tmpdir(), 'homeport-bench-'))

/** Ends a process as a person would, and waits until it is gone. */
export async function stop(child) {
  if (child.exitCode !== null || child.signalCode !== null) return
  const gone = once(child, 'exit')
  child.kill('SIGTERM')
  await gone
}

/** Starts one of the helpers of the folder above; resolves with its origin when it listens. */
export async function startHelper(name, ...args) {
  const child = spawn(process.execPath, [path.join(import.meta.dirname, '..', name), ...args], {
    stdio: ['ignore', 'pipe', 'inherit']
  })
  const [line] = await once(child.stdout, 'data')
  return { child, pid: child.pid, origin: `http://127.0.0.1:${JSON.parse(line).port}` }
}

function readDaemonFile(dataDir) {
  try {
    return JSON.parse(readFileSync(path.join(dataDir, 'daemon.json'), 'utf8'))
  } catch {
    return null // not there yet, or half written
  }
}

const isHealthy = (port) =>
  new Promise((resolve) => {
    const request = http.get({ host: '127.0.0.1', port, path: '/health', agent: false }, (response) => {
      response.resume()
      resolve(response.statusCode === 200)
    })
    request.on('error', () => resolve(false))
  })

/** Starts the built daemon; `readyMs` is the time from spawn to the first 200 of `/health`. */
export async function startDaemon(dataDir, env = {}) {
  const started = performance.now()
  const child = spawn(process.execPath, [cli, 'serve', '--port', '0', '--data-dir', dataDir, '--no-open'], {
    stdio: ['ignore', 'ignore', 'pipe'],
    env: { ...process.env, HOMEPORT_SECRETS: 'file', ...env }
  })
  let complaint = ''
  child.stderr.on('data', (part) => {
    complaint += part
  })
  for (;;) {
    const file = readDaemonFile(dataDir)
    // a file left behind by an earlier daemon names another process
    if (file?.pid === child.pid && (await isHealthy(file.port))) {
      const readyMs = performance.now() - started
      return { child, pid: file.pid, origin: `http://127.0.0.1:${file.port}`, readyMs }
    }
    if (child.exitCode !== null) throw new Error(`the daemon ended with ${child.exitCode}: ${complaint}`)
    if (performance.now() - started > START_LIMIT_MS) {
      await stop(child)
      throw new Error(`the daemon was not ready within ${START_LIMIT_MS} ms: ${complaint}`)
    }
    await sleep(2)
  }
}

/** Runs one `homeport` command on a data folder and gives what it printed. */
export function homeport(dataDir, args, input = '') {
  const { status, stdout, stderr } = spawnSync(process.execPath, [cli, ...args, '--data-dir', dataDir], {
    input,
    encoding: 'utf8',
    env: { ...process.env, HOMEPORT_SECRETS: 'file' }
  })
  if (status !== 0) throw new Error(`homeport ${args.join(' ')} ended with ${status}: ${stderr}`)
  return stdout.trim()
}

export const removeFolder = (folder) => rmSync(folder, { recursive: true, force: true })

/** CPU time that all threads of a process have used, in milliseconds (Linux). */
export function cpuMs(pid) {
  const threads = readdirSync(`/proc/${pid}/task`)
  const nanoseconds = threads.map((id) => {
    const [onCpu] = readFileSync(`/proc/${pid}/task/${id}/schedstat`, 'utf8').split(' ')
    return Number(onCpu)
  })
  return nanoseconds.reduce((sum, value) => sum + value, 0) / 1e6
}

/** The processes that a process started and that still run (Linux). */
export const childrenOf = (pid) =>
  readdirSync(`/proc/${pid}/task`)
    .flatMap((id) => readFileSync(`/proc/${pid}/task/${id}/children`, 'utf8').trim().split(' '))
    .filter(Boolean)
    .map(Number)

/** Memory that a process has in RAM, in MB of 2^20 bytes. */
export function residentMb(pid) {
  if (process.platform === 'linux') {
    const status = readFileSync(`/proc/${pid}/status`, 'utf8')
    return Number(/VmRSS:\s+(\d+) kB/.exec(status)?.[1]) / 1024
  }
  return Number(spawnSync('ps', ['-o', 'rss=', '-p', String(pid)], { encoding: 'utf8' }).stdout) / 1024
}

/** Files and sockets that a process has open (Linux). */
export const openFiles = (pid) => readdirSync(`/proc/${pid}/fd`).length
