import { spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import type { ChildName, SpawnChild } from '../../contract/daemon-messages.ts'

/** What a child gets of our environment: where things are, and nothing that could be a secret. */
const inherited = [
  'PATH',
  'HOME',
  'USERPROFILE',
  'TMPDIR',
  'TMP',
  'TEMP',
  'SYSTEMROOT',
  'LANG',
  'LD_LIBRARY_PATH',
  'CUDA_PATH',
  'CUDA_VISIBLE_DEVICES'
]

/** Starts children as plain Node processes, each from its entry file. For daemons whose parent is no Electron app. */
export function spawnWithNode(entryUrls: Record<ChildName, URL>): SpawnChild {
  return (name, env) => {
    const child = spawn(process.execPath, [fileURLToPath(entryUrls[name])], {
      env: { ...inheritedEnvironment(), ...env },
      stdio: 'ignore',
      windowsHide: true
    })
    // a process that could not be started says so here, and never exits
    const exited = new Promise<number>((resolve) => {
      child.once('error', () => resolve(1))
      child.once('exit', (code) => resolve(code ?? 1))
    })
    return {
      // it holds nothing that would need saving
      kill: () => void child.kill('SIGKILL'),
      onExit: (listener) => void exited.then(listener)
    }
  }
}

function inheritedEnvironment(): Record<string, string> {
  const found: Record<string, string> = {}
  for (const name of inherited) {
    const value = process.env[name]
    if (value !== undefined) found[name] = value
  }
  return found
}
