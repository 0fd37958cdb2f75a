import { execFileSync } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, onTestFinished, test } from 'vitest'

// The system's own keychain, each step in a process of its own: what one start stores the next must find.

const program = fileURLToPath(new URL('./test-processes/use-keychain.ts', import.meta.url))
const onLinux = process.platform === 'linux'
const missing = ['gnome-keyring-daemon', 'dbus-run-session'].filter(
  (name) => !(process.env.PATH ?? '').split(delimiter).some((folder) => existsSync(join(folder, name)))
)

function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'homeport-keychain-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  return folder
}

test.runIf(onLinux)(
  'without a Secret Service the keychain is not chosen, though the kernel keyring would take keys',
  () => {
    const dataDir = temporaryFolder()
    const run = (...args: string[]) =>
      JSON.parse(
        execFileSync(process.execPath, [program, dataDir, ...args], {
          encoding: 'utf8',
          env: { PATH: process.env.PATH, DBUS_SESSION_BUS_ADDRESS: `unix:path=${join(dataDir, 'no-bus')}` }
        })
      )
    const status = run('status')
    expect(status.backend).toBe('key-file')
    expect(status.keychainProblem).toMatch(/no keychain service/)
    expect(JSON.stringify(status)).not.toContain(dataDir)
    run('set', 'provider/a', 'sk-a')
    expect(run('get', 'provider/a')).toBe('sk-a')
  }
)

const reason = !onLinux
  ? 'skipped: gnome-keyring is of Linux'
  : missing.length > 0
    ? `skipped: ${missing.join(' and ')} not installed`
    : 'against gnome-keyring'

test.skipIf(!onLinux || missing.length > 0)(
  `a real keychain keeps a secret from one start to the next, and gives it up (${reason})`,
  () => {
    const dataDir = temporaryFolder()
    const steps = [
      ['status'],
      ['set', 'provider/a', 'sk-from-the-keychain'],
      ['get', 'provider/a'],
      ['delete', 'provider/a'],
      ['get', 'provider/a']
    ].map((args) => [process.execPath, program, dataDir, ...args].map((part) => `'${part}'`).join(' '))
    // a fresh keyring, unlocked with an empty password, on a bus of its own
    const script = `printf '\\n' | gnome-keyring-daemon --unlock --components=secrets >/dev/null; ${steps.join('; echo; ')}`
    const output = execFileSync('dbus-run-session', ['--', 'sh', '-c', script], {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
      env: { PATH: process.env.PATH, HOME: dataDir, XDG_DATA_HOME: dataDir, XDG_RUNTIME_DIR: dataDir }
    })
    const [status, , found, , gone] = output.split('\n').map((line) => JSON.parse(line))
    expect(status).toMatchObject({ backend: 'keychain', keychainProblem: null })
    expect(found).toBe('sk-from-the-keychain')
    expect(gone).toBeNull()
    expect(readFileSync(join(dataDir, 'secrets.json'), 'utf8')).not.toContain('sk-from')
  }
)
