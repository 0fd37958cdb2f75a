import { type ChildProcess, spawn } from 'node:child_process'
import { connect, type Socket } from 'node:net'
import { fileURLToPath } from 'node:url'
import type { SpawnChild } from '../../contract/daemon-messages.ts'
import {
  type EngineChat,
  type EngineModel,
  type EngineModelState,
  engineEnvironment,
  type FromEngine,
  type ToEngine,
  toEngineSchema
} from '../../contract/engine-frames.ts'
import { encodeFrame, frameDecoder } from '../../lib/frames.ts'
import { MAX_FRAME_BYTES } from './engine-limits.ts'

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

/** One life of an engine that does what a test says, at the other end of the real socket. */
export interface ScriptedEngine {
  readonly received: ToEngine[]
  send(frame: FromEngine): void
  /** As when it is killed: the line is cut. */
  crash(): void
}

/** Starts engines that give each frame to `script`. They answer pings, unless they hang. */
export function scriptedSpawn(
  script: (frame: ToEngine, engine: ScriptedEngine) => void,
  { hangs = false } = {}
): { spawnChild: SpawnChild; engines: ScriptedEngine[] } {
  const engines: ScriptedEngine[] = []
  const spawnChild: SpawnChild = (_, env) => {
    const socket: Socket = connect(env[engineEnvironment.socket] ?? '')
    socket.on('error', () => {})
    const engine: ScriptedEngine = {
      received: [],
      send: (frame) => void socket.write(encodeFrame(frame)),
      crash: () => void socket.destroy()
    }
    engines.push(engine)
    const decode = frameDecoder(MAX_FRAME_BYTES)
    socket.on('data', (chunk: Buffer) => {
      for (const value of decode(chunk)) {
        const frame = toEngineSchema.parse(value)
        engine.received.push(frame)
        if (frame.type !== 'ping') script(frame, engine)
        else if (!hangs) engine.send({ type: 'pong' })
      }
    })
    engine.send({ type: 'hello', secret: env[engineEnvironment.secret] ?? '', backend: 'CPU', devices: [] })
    return { kill: () => void socket.destroy(), onExit() {} }
  }
  return { spawnChild, engines }
}

const noInput = { total: 0, noCache: 0, cacheRead: 0, cacheWrite5m: 0, cacheWrite1h: 0 }

/** The end of an answer that has no more to it. */
export const endOf = (id: number, finish: 'stop' | 'cancelled' = 'stop'): FromEngine => ({
  type: 'end',
  id,
  finish,
  stopSequence: null,
  usage: { input: noInput, output: { total: 0, text: 0, reasoning: 0 } },
  timings: { promptMs: 1, outputMs: 1 }
})

/** A model in the engine's memory. */
export const inMemory = (path: string, extra: Partial<EngineModelState> = {}): EngineModelState => ({
  path,
  state: 'loaded',
  memoryBytes: 1_000_000,
  gpuLayers: 0,
  contextTokens: 2_048,
  parallel: 2,
  threads: 1,
  active: 0,
  waiting: 0,
  loadedAt: 1,
  lastUsedAt: null,
  unloadsAt: null,
  ...extra
})

export const modelAt = (path: string, extra: Partial<EngineModel> = {}): EngineModel => ({
  path,
  contextTokens: null,
  parallel: null,
  gpuLayers: null,
  threads: 1,
  flashAttention: null,
  kvCache: 'f16',
  draftPath: null,
  idleMs: 600_000,
  memoryBytes: null,
  ...extra
})

/** A request with nothing but a question in it. */
export function question(extra: Partial<EngineChat> = {}): EngineChat {
  return {
    messages: [{ role: 'user', text: 'Tell me about harbours.' }],
    tools: [],
    toolChoice: 'auto',
    parallelToolCalls: true,
    maxTokens: 20,
    temperature: null,
    topP: null,
    topK: null,
    minP: null,
    frequencyPenalty: null,
    presencePenalty: null,
    seed: null,
    stop: [],
    reasoningTokens: null,
    logprobs: null,
    output: 'text',
    overflow: 'stop',
    ...extra
  }
}
