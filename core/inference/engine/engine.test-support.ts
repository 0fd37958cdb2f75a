import { type ChildProcess, spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import type { SpawnChild } from '../../contract/daemon-messages.ts'
import type { EngineChat } from '../../contract/inference-frames.ts'

const entry = fileURLToPath(new URL('../worker/inference.worker.ts', import.meta.url))

/** Starts real engine processes and keeps hold of them, so that a test can count and kill them. */
export function trackedSpawn(): { spawnChild: SpawnChild; children: ChildProcess[] } {
  const children: ChildProcess[] = []
  const spawnChild: SpawnChild = (_, env) => {
    const child = spawn(process.execPath, [entry], {
      env: { PATH: process.env.PATH, HOME: process.env.HOME, HOMEPORT_THREADS: '1', ...env },
      stdio: 'ignore'
    })
    children.push(child)
    return {
      kill: () => void child.kill('SIGKILL'),
      onExit: (listener) => void child.once('exit', (code) => listener(code ?? 1))
    }
  }
  return { spawnChild, children }
}

/** A request with nothing but a question in it. */
export function question(modelPath: string, extra: Partial<EngineChat> = {}): EngineChat {
  return {
    modelPath,
    messages: [{ role: 'user', text: 'Tell me about harbours.' }],
    maxTokens: 20,
    temperature: null,
    topP: null,
    topK: null,
    minP: null,
    seed: null,
    stop: [],
    output: 'text',
    ...extra
  }
}
