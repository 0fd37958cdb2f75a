// Runs on any Node from 20 on: finds a Node that the app itself can run on, and carries on in it.
import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { constants } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

export const MINIMUM_NODE = 24
const STOP_WITH_PARENT = 'HOMEPORT_STOP_WITH_PARENT'
export const root = join(import.meta.dirname, '../..')

/** The Node that npm installed with the app; null on platforms that bring their own. */
export function pinnedNode() {
  const name = process.platform === 'win32' ? 'node.exe' : 'node'
  const platform = process.platform === 'win32' ? 'win' : process.platform
  const file = join(root, 'node_modules', `node-${platform}-${process.arch}`, 'bin', name)
  return existsSync(file) ? file : null
}

/** The Node to run tools with: this one if it is new enough. */
export function suitableNode() {
  return Number.parseInt(process.versions.node, 10) >= MINIMUM_NODE ? process.execPath : pinnedNode()
}

/**
 * Makes sure the calling script runs on a Node that is new enough. Returns true in such a process; it then ends with
 * the process that started it. Otherwise runs the
 * script again in the pinned Node, hands on its exit code, and returns false: there is nothing left to do.
 */
export async function runsOnSuitableNode(scriptUrl) {
  const node = suitableNode()
  if (node === process.execPath) {
    stopWithParent()
    return true
  }
  if (node === null) {
    process.stderr.write(
      existsSync(join(root, 'node_modules'))
        ? `homeport: this is Node ${process.versions.node}; install Node ${MINIMUM_NODE} or later.\n`
        : 'homeport: nothing is installed yet. Run: npm ci\n'
    )
    process.exitCode = 1
    return false
  }
  process.exitCode = await runChild(node, [fileURLToPath(scriptUrl), ...process.argv.slice(2)], {
    env: { ...process.env, [STOP_WITH_PARENT]: '1' }
  })
  return false
}

/**
 * Ends this process as SIGTERM does once the one that started it is gone. npm runs scripts in a shell and, told to stop,
 * stops only that; without this the app would run on.
 */
function stopWithParent() {
  if (!process.env.npm_command && !process.env[STOP_WITH_PARENT]) return
  const parent = process.ppid
  const watch = setInterval(() => {
    if (process.ppid === parent) return
    clearInterval(watch)
    process.kill(process.pid, 'SIGTERM')
  }, 500)
  watch.unref()
}

/** Runs a program in this terminal, passes signals on to it, and resolves with its exit code. */
export function runChild(command, args, options = {}) {
  return new Promise((resolve) => {
    const child = spawn(command, args, { stdio: 'inherit', ...options })
    // Ctrl-C in a terminal reaches the whole group already; any other signal reaches only us
    const passOn = (signal) => (signal === 'SIGINT' && process.stdin.isTTY) || child.kill(signal)
    const signals = ['SIGINT', 'SIGTERM', 'SIGHUP']
    for (const signal of signals) process.on(signal, passOn)
    const finish = (code) => {
      for (const signal of signals) process.off(signal, passOn)
      resolve(code)
    }
    child.on('error', (error) => {
      process.stderr.write(`homeport: ${command} could not be started: ${error.message}\n`)
      finish(1)
    })
    child.on('exit', (code, signal) => finish(code ?? 128 + (constants.signals[signal] ?? 0)))
  })
}
