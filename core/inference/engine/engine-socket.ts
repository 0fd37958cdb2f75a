import { createHash, randomBytes, timingSafeEqual } from 'node:crypto'
import { once } from 'node:events'
import { chmod, mkdir, mkdtemp, readdir, rm } from 'node:fs/promises'
import { createServer, type Server, type Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type EngineDevice, fromEngineSchema } from '../../contract/engine-frames.ts'
import { encodeFrame, frameDecoder } from '../../lib/frames.ts'
import { MAX_FRAME_BYTES } from './engine-limits.ts'

/** A connection whose other end has proved to be the engine we started. */
export interface EngineConnection {
  readonly backend: string
  /** What it can compute on, as it was when the engine started. */
  readonly devices: readonly EngineDevice[]
  send(frame: unknown): void
  /** Frames that come after the hello, in order. Called with the listeners once; nothing is lost before that. */
  listen(onFrame: (frame: unknown) => void, onClose: () => void): void
  close(): void
}

/** Bytes of a Unix socket's path that every system takes (macOS: 104 with the final zero). */
const MAX_SOCKET_PATH_BYTES = 100
const HELLO_MAX_BYTES = 16_384
const HELLO_DEADLINE_MS = 60_000

/** The daemon's end of the line to its engine: a Unix socket only we may open, on Windows a pipe nobody can guess. */
export class EngineSocket {
  readonly path: string
  readonly #server: Server
  /** A temporary folder that was made for the socket. */
  readonly #ownFolder: string | null
  readonly #waiting = new Map<string, (connection: EngineConnection) => void>()
  readonly #sockets = new Set<Socket>()

  private constructor(path: string, ownFolder: string | null) {
    this.path = path
    this.#ownFolder = ownFolder
    this.#server = createServer((socket) => this.#greet(socket))
  }

  static async open(dataDir: string): Promise<EngineSocket> {
    const { path, ownFolder } = await choosePath(dataDir)
    const engineSocket = new EngineSocket(path, ownFolder)
    engineSocket.#server.listen(path)
    await once(engineSocket.#server, 'listening')
    if (process.platform !== 'win32') await chmod(path, 0o600)
    return engineSocket
  }

  /** A new secret, and the connection that will prove to know it. Forget it with `cancel` when it is not to come. */
  expect(): { secret: string; connection: Promise<EngineConnection>; cancel: () => void } {
    const secret = randomBytes(32).toString('hex')
    const { promise, resolve } = Promise.withResolvers<EngineConnection>()
    this.#waiting.set(secret, resolve)
    return { secret, connection: promise, cancel: () => this.#waiting.delete(secret) }
  }

  async close(): Promise<void> {
    for (const socket of this.#sockets) socket.destroy()
    await new Promise((resolve) => this.#server.close(resolve))
    if (this.#ownFolder !== null) await rm(this.#ownFolder, { recursive: true, force: true })
  }

  /** Waits for a hello. Whatever else comes, or too late, is hung up on. */
  #greet(socket: Socket): void {
    this.#sockets.add(socket)
    socket.on('close', () => this.#sockets.delete(socket))
    socket.on('error', () => socket.destroy())
    const deadline = setTimeout(() => socket.destroy(), HELLO_DEADLINE_MS)
    socket.on('close', () => clearTimeout(deadline))

    const decode = frameDecoder(HELLO_MAX_BYTES)
    const onData = (chunk: Buffer) => {
      try {
        const [first, ...early] = decode(chunk)
        if (first === undefined) return
        const hello = fromEngineSchema.parse(first)
        const accept = hello.type === 'hello' ? this.#take(hello.secret) : undefined
        if (hello.type !== 'hello' || accept === undefined || early.length > 0) throw new Error('no hello')
        socket.off('data', onData).pause()
        clearTimeout(deadline)
        accept(connectionOf(socket, hello))
      } catch {
        socket.destroy()
      }
    }
    socket.on('data', onData)
  }

  #take(offered: string): ((connection: EngineConnection) => void) | undefined {
    for (const [secret, accept] of this.#waiting) {
      if (!isEqual(secret, offered)) continue
      this.#waiting.delete(secret)
      return accept
    }
    return undefined
  }
}

function connectionOf(
  socket: Socket,
  { backend, devices }: Pick<EngineConnection, 'backend' | 'devices'>
): EngineConnection {
  return {
    backend,
    devices,
    send: (frame) => void socket.write(encodeFrame(frame)),
    close: () => void socket.destroy(),
    listen(onFrame, onClose) {
      const decode = frameDecoder(MAX_FRAME_BYTES)
      socket.on('data', (chunk: Buffer) => {
        try {
          for (const frame of decode(chunk)) onFrame(frame)
        } catch {
          socket.destroy()
        }
      })
      socket.on('close', onClose)
      if (socket.destroyed) onClose()
      else socket.resume()
    }
  }
}

const digest = (text: string) => createHash('sha256').update(text).digest()
const isEqual = (a: string, b: string) => timingSafeEqual(digest(a), digest(b))

async function choosePath(dataDir: string): Promise<{ path: string; ownFolder: string | null }> {
  const name = randomBytes(12).toString('hex')
  if (process.platform === 'win32') return { path: `\\\\.\\pipe\\homeport-${name}`, ownFolder: null }
  const folder = join(dataDir, 'run')
  const path = join(folder, `engine-${name}.sock`)
  if (Buffer.byteLength(path) <= MAX_SOCKET_PATH_BYTES) {
    await mkdir(folder, { recursive: true, mode: 0o700 })
    await removeStale(folder)
    return { path, ownFolder: null }
  }
  const ownFolder = await mkdtemp(join(tmpdir(), 'homeport-'))
  return { path: join(ownFolder, 'engine.sock'), ownFolder }
}

/** Sockets that a daemon of this folder left behind when it was killed. Only one runs at a time, so none is in use. */
async function removeStale(folder: string): Promise<void> {
  for (const name of await readdir(folder)) {
    if (/^engine-[0-9a-f]+\.sock$/.test(name)) await rm(join(folder, name), { force: true })
  }
}
