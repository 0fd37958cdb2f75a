import { connect } from 'node:net'
import { getLlama, type Llama, LlamaLogLevel } from 'node-llama-cpp'
import {
  engineEnvironment,
  type FromEngine,
  type ToEngine,
  toEngineSchema
} from '../../contract/inference-frames.ts'
import { encodeFrame, frameDecoder } from '../../lib/frames.ts'
import { MAX_FRAME_BYTES } from '../engine/engine-limits.ts'
import { ChatQueue } from './chat-queue.ts'
import { threadCount } from './thread-count.ts'

/*
 * The engine's process. It serves the daemon that its environment names, over one connection, and ends with it.
 */

const socketPath = process.env[engineEnvironment.socket]
const secret = process.env[engineEnvironment.secret]
if (socketPath === undefined || secret === undefined) process.exit(2)

const socket = connect(socketPath)
socket.on('error', () => process.exit(1))
socket.on('close', () => process.exit(0))
const send = (frame: FromEngine) => void socket.write(encodeFrame(frame))

const llama = await openLlama()
const threads = threadCount(llama.cpuMathCores, process.env.HOMEPORT_THREADS)
const queue = new ChatQueue(llama, threads, send)
const decode = frameDecoder(MAX_FRAME_BYTES)
socket.on('data', (chunk: Buffer) => {
  for (const value of decode(chunk)) handle(toEngineSchema.parse(value))
})
send({ type: 'hello', secret, backend: backendName(llama) })

function handle(frame: ToEngine): void {
  if (frame.type === 'start') queue.add(frame.id, frame.chat)
  else if (frame.type === 'cancel') queue.cancel(frame.id)
  else send({ type: 'pong' })
}

async function openLlama(): Promise<Llama> {
  const options = { build: 'never', progressLogs: false, logLevel: LlamaLogLevel.error } as const
  try {
    return await getLlama({ ...options, gpu: 'auto' })
  } catch {
    return await getLlama({ ...options, gpu: false })
  }
}

function backendName({ gpu }: Llama): string {
  const names = { cuda: 'CUDA', vulkan: 'Vulkan', metal: 'Metal' }
  return gpu === false ? 'CPU' : names[gpu]
}
