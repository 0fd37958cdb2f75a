import { type ChildProcess, fork } from 'node:child_process'
import { EventEmitter } from 'node:events'
import { join } from 'node:path'
import { appStandin } from './app.ts'
import { note } from './record.ts'
import { strict } from './strict.ts'

type Members = 'postMessage' | 'kill' | 'pid'

export class UtilityProcessStandin extends EventEmitter implements Pick<Electron.UtilityProcess, Members> {
  readonly #child: ChildProcess

  constructor(entry: string, args: string[], options: Electron.ForkOptions) {
    super()
    if (!appStandin.isReady()) throw new Error('utilityProcess cannot be created before app is ready.')
    if (options.stdio !== 'inherit') throw new Error('electron stand-in: only stdio "inherit" is implemented')
    note('utilityProcess.fork', entry, { serviceName: options.serviceName, env: options.env })
    this.#child = fork(entry, args, {
      env: (options.env ?? process.env) as NodeJS.ProcessEnv,
      serialization: 'advanced',
      stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
      execArgv: ['--import', join(import.meta.dirname, 'parent-port.mjs')]
    })
    this.#child.on('message', (message) => this.emit('message', message))
    this.#child.on('exit', (code) => this.emit('exit', code ?? 1))
    this.#child.on('error', () => {}) // Electron drops what is sent to a process that has just ended
    process.on('exit', () => this.#child.kill('SIGKILL'))
  }

  get pid(): number | undefined {
    return this.#child.exitCode === null && this.#child.signalCode === null ? this.#child.pid : undefined
  }

  postMessage(message: unknown): void {
    if (this.#child.connected) this.#child.send(message as object)
  }

  kill(): boolean {
    return this.#child.kill()
  }
}

export const utilityProcess = strict('utilityProcess', {
  fork: (entry: string, args: string[] = [], options: Electron.ForkOptions = {}) =>
    strict('UtilityProcess', new UtilityProcessStandin(entry, args, options))
})
