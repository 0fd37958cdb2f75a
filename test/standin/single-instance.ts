import { mkdirSync, readFileSync, rmSync, watch, writeFileSync } from 'node:fs'
import { join } from 'node:path'

/** Takes the lock of a user-data folder, or hands our arguments to the instance that holds it. */
export function takeInstanceLock(folder: string, onSecond: (argv: string[], cwd: string) => void): boolean {
  const lock = join(folder, 'SingletonLock')
  mkdirSync(folder, { recursive: true })
  try {
    writeFileSync(lock, String(process.pid), { flag: 'wx' })
  } catch {
    if (isAlive(Number(readFileSync(lock, 'utf8')))) {
      writeFileSync(`${lock}.${process.pid}`, JSON.stringify([process.argv, process.cwd()]))
      return false
    }
    writeFileSync(lock, String(process.pid))
  }
  const watcher = watch(folder, (_event, name) => {
    if (name === null || !name.startsWith('SingletonLock.')) return
    try {
      const [argv, cwd] = JSON.parse(readFileSync(join(folder, name), 'utf8'))
      rmSync(join(folder, name))
      onSecond(argv, cwd)
    } catch {
      // half written: there will be another event
    }
  })
  watcher.unref()
  process.on('exit', () => rmSync(lock, { force: true }))
  return true
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch {
    return false
  }
}
