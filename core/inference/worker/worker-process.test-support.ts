import { type ChildProcess, spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { createServer, type Server, type Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import {
  engineEnvironment,
  type FromEngine,
  fromEngineSchema,
  type ToEngine
} from '../../contract/engine-frames.ts'
import { encodeFrame, frameDecoder } from '../../lib/frames.ts'

const entry = fileURLToPath(new URL('inference.worker.ts', import.meta.url))

/** A real engine process, and the daemon's end of the line to it. */
export class WorkerProcess {
  readonly secret: string
  readonly frames: FromEngine[] = []
  readonly #child: ChildProcess
  readonly #server: Server
  readonly #socket: Socket
  #wake = Promise.withResolvers<void>()

  private constructor(secret: string, child: ChildProcess, server: Server, socket: Socket) {
    this.secret = secret
    this.#child = child
    this.#server = server
    this.#socket = socket
    const decode = frameDecoder(1 << 20)
    socket.on('data', (chunk) => {
      for (const frame of decode(chunk)) this.frames.push(fromEngineSchema.parse(frame))
      this.#wake.resolve()
      this.#wake = Promise.withResolvers()
    })
  }

  static async start(): Promise<WorkerProcess> {
    const name = `homeport-worker-${randomBytes(6).toString('hex')}`
    const path = process.platform === 'win32' ? `\\\\.\\pipe\\${name}` : join(tmpdir(), `${name}.sock`)
    const server = createServer()
    server.listen(path)
    await once(server, 'listening')
    const secret = randomBytes(8).toString('hex')
    const { socket: socketName, secret: secretName } = engineEnvironment
    const { PATH, HOME } = process.env
    const child = spawn(process.execPath, [entry], {
      env: { PATH, HOME, HOMEPORT_THREADS: '1', [socketName]: path, [secretName]: secret },
      stdio: 'ignore'
    })
    const [socket] = await once(server, 'connection')
    return new WorkerProcess(secret, child, server, socket)
  }

  /** Takes anything, as a broken daemon would send it. */
  send(frame: ToEngine | Record<string, unknown>): void {
    this.#socket.write(encodeFrame(frame))
  }

  /** The first frame that came, or comes, that is meant. */
  async frame<T extends FromEngine>(isMeant: (frame: FromEngine) => frame is T): Promise<T> {
    for (;;) {
      const found = this.frames.find(isMeant)
      if (found !== undefined) return found
      await this.#wake.promise
    }
  }

  /** How a request ended. */
  async last(id: number): Promise<Extract<FromEngine, { type: 'end' | 'result' | 'error' }>> {
    const isLast = (frame: FromEngine) =>
      (frame.type === 'end' || frame.type === 'result' || frame.type === 'error') && frame.id === id
    return await this.frame((frame): frame is Extract<FromEngine, { type: 'end' | 'result' | 'error' }> =>
      isLast(frame)
    )
  }

  /** Types of the frames of a request, those that repeat once. */
  course(id: number): string[] {
    const types = this.frames.flatMap((frame) => ('id' in frame && frame.id === id ? [frame.type] : []))
    return types.filter((type, index) => type !== types[index - 1])
  }

  /** Hangs up, and resolves with the process's exit code. */
  async stop(): Promise<number | null> {
    this.#socket.destroy()
    this.#server.close()
    if (this.#child.exitCode === null) await once(this.#child, 'exit')
    return this.#child.exitCode
  }
}
