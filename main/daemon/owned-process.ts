import type { ForkedProcess } from './forked-process.ts'

/** Between asking a process to end (SIGTERM) and making it (SIGKILL), in milliseconds. */
const killDeadlineMs = 1000

/** A process together with its end. */
export class OwnedProcess {
  readonly #process: ForkedProcess
  readonly exited: Promise<number>

  constructor(process: ForkedProcess) {
    this.#process = process
    this.exited = new Promise((resolve) => process.on('exit', resolve))
  }

  send(message: unknown): void {
    this.#process.postMessage(message)
  }

  onMessage(listener: (message: unknown) => void): void {
    this.#process.on('message', listener)
  }

  kill(): void {
    this.#process.kill()
  }

  /** Waits for the end; once `deadlineMs` is over, brings it about. */
  async end(deadlineMs: number): Promise<void> {
    const pid = this.#process.pid
    const terminate = setTimeout(() => this.#process.kill(), deadlineMs)
    const destroy = setTimeout(() => pid !== undefined && killHard(pid), deadlineMs + killDeadlineMs)
    await this.exited
    clearTimeout(terminate)
    clearTimeout(destroy)
  }
}

function killHard(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL')
  } catch {
    // it ended in the meantime
  }
}
