import { flushCompileCache } from 'node:module'
import { connect } from 'node:net'
import { getLlama, type Llama, LlamaLogLevel } from 'node-llama-cpp'
import { engineEnvironment, type ToEngine, toEngineSchema } from '../../contract/engine-frames.ts'
import { frameDecoder } from '../../lib/frames.ts'
import { MAX_FRAME_BYTES } from '../engine/engine-limits.ts'
import { backendName, Devices } from './devices.ts'
import { EngineError } from './engine-error.ts'
import { frameWriter } from './frame-writer.ts'
import { failureFrame } from './last-frame.ts'
import { modelLoader } from './load-model.ts'
import { ModelHost } from './model-host.ts'
import { ModelReports } from './model-reports.ts'
import { overrideOf } from './thread-count.ts'
import { ThreadLimit } from './thread-limit.ts'

/*
 * The engine's process. It serves the daemon that its environment names, over one connection, and ends with it.
 */

/** What a first answer needs is compiled by then, as a rule. */
const KEEP_CODE_AFTER_MS = 1000

const socketPath = process.env[engineEnvironment.socket]
const secret = process.env[engineEnvironment.secret]
if (socketPath === undefined || secret === undefined) process.exit(2)

const socket = connect(socketPath)
socket.on('error', () => process.exit(1))
socket.on('close', () => process.exit(0))
const send = frameWriter(socket)

const llama = await openLlama()
const devices = await Devices.find(llama)
const limit = new ThreadLimit(llama, llama.cpuMathCores)
const override = process.env.HOMEPORT_THREADS
const host = new ModelHost({
  load: modelLoader(llama, limit, override),
  freeBytes: () => devices.freeBytes(),
  send,
  onChange(isUrgent) {
    if (overrideOf(override) === null) limit.watch(host.isComputing)
    reports.changed(isUrgent)
  }
})
const reports = new ModelReports({ models: () => host.states(), devices, send })

const decode = frameDecoder(MAX_FRAME_BYTES)
socket.on('data', (chunk: Buffer) => {
  for (const value of decode(chunk)) receive(value)
})
send({ type: 'hello', secret, backend: backendName(llama), devices: devices.list() })
// a process that is killed, as this one will be, keeps no compiled code for the next one otherwise
setTimeout(flushCompileCache, KEEP_CODE_AFTER_MS).unref()

/** A request in a form that nobody knows fails, and it alone. */
function receive(value: unknown): void {
  const frame = toEngineSchema.safeParse(value)
  const { id } = Object(value)
  if (frame.success) handle(frame.data)
  else if (Number.isInteger(id)) send(failureFrame(id, notUnderstood()))
}

function handle(frame: ToEngine): void {
  if (frame.type === 'start') host.start(frame)
  else if (frame.type === 'cancel') host.cancel(frame.id)
  else if (frame.type === 'unload') host.unload(frame.path)
  else if (frame.type === 'budget') host.setBudget(frame.memoryBytes)
  else send({ type: 'pong' })
}

function notUnderstood(): EngineError {
  return new EngineError('bad-request', 'The engine does not understand this request.')
}

async function openLlama(): Promise<Llama> {
  const options = { build: 'never', progressLogs: false, logLevel: LlamaLogLevel.error } as const
  try {
    return await getLlama({ ...options, gpu: 'auto' })
  } catch {
    return await getLlama({ ...options, gpu: false })
  }
}
