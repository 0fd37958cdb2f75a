import { spawn } from 'node:child_process'
import { resolve } from 'node:path'

export const root = resolve(import.meta.dirname, '../..')

/** Hundreds of Node processes load the same code: each finds it stripped of its types and compiled. */
const compiled = resolve(root, 'node_modules/.cache/compiled')

/**
 * Runs a program from the repository's root and resolves with `{ code, output }`. One that is not done in time is
 * killed with all it started; its code is then null.
 */
export function runTool(command, args, { minutes = 2, env = {} } = {}) {
  return new Promise((done) => {
    const child = spawn(command, args, {
      cwd: root,
      // a group of its own, so that the kill reaches browsers and daemons too
      detached: process.platform !== 'win32',
      stdio: ['ignore', 'pipe', 'pipe'],
      // both at once make every Node process warn
      env: { ...process.env, NO_COLOR: undefined, FORCE_COLOR: '0', NODE_COMPILE_CACHE: compiled, ...env }
    })
    const pieces = []
    const keep = (piece) => pieces.push(piece)
    child.stdout.on('data', keep)
    child.stderr.on('data', keep)
    const kill = () => {
      try {
        process.kill(process.platform === 'win32' ? child.pid : -child.pid, 'SIGKILL')
      } catch {
        // already gone
      }
    }
    const deadline = setTimeout(() => {
      keep(Buffer.from(`\nkilled: not done after ${minutes} minutes\n`))
      kill()
    }, minutes * 60_000)
    process.once('exit', kill)
    const finish = (code) => {
      clearTimeout(deadline)
      process.off('exit', kill)
      done({ code, output: Buffer.concat(pieces).toString('utf8') })
    }
    child.on('error', (error) => {
      keep(Buffer.from(error.message))
      finish(null)
    })
    child.on('close', finish)
  })
}

/** The complaints of a program for which exit code 0 means that all is well. */
export async function complaintsOf(command, args, options) {
  const { code, output } = await runTool(command, args, options)
  return code === 0 ? null : output.trim() || `${command} ended with ${code}`
}
