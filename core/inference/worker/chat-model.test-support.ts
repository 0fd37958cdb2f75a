import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { getLlama, LlamaLogLevel } from 'node-llama-cpp'
import { type TinyGgufOptions, writeTinyGguf } from '../../../test/support/tiny-gguf.ts'
import type { EngineChat, EngineMessage, EngineModel } from '../../contract/engine-frames.ts'
import type { Logprobs } from './chat-logprobs.ts'
import { type ChatEnd, type ChatHooks, ChatModel } from './chat-model.ts'

const never = new AbortController().signal

/** What came of one answer. */
export interface Collected extends ChatEnd {
  text: string
  reasoning: string
  notes: string[]
  calls: { name: string; arguments: string }[]
  /** Pieces of arguments, over all calls. */
  argumentPieces: number
  logprobs: Logprobs
  deltas: number
}

/** A folder of tiny models, and models loaded from it. Close it when done. */
export async function chatBench() {
  const folder = mkdtempSync(join(tmpdir(), 'homeport-chat-'))
  const llama = await getLlama({
    build: 'never',
    gpu: false,
    logLevel: LlamaLogLevel.error,
    progressLogs: false
  })
  const loaded: ChatModel[] = []
  const write = (name: string, options: TinyGgufOptions = {}) => {
    const path = join(folder, `${name}.gguf`)
    writeTinyGguf(path, options)
    return path
  }
  return {
    llama,
    write,
    async load(path: string, options: Partial<EngineModel> = {}, signal = never) {
      const model = await ChatModel.load(llama, { ...modelOptions(path), ...options, threads: 1 }, signal)
      loaded.push(model)
      return model
    },
    /** The binding itself is left as it is: after an estimate of memory, disposing of it may wait for ever. */
    async close() {
      for (const model of loaded) await model.dispose()
      rmSync(folder, { recursive: true })
    }
  }
}
export type ChatBench = Awaited<ReturnType<typeof chatBench>>

const modelOptions = (path: string): EngineModel => ({
  path,
  contextTokens: null,
  parallel: null,
  gpuLayers: null,
  threads: null,
  flashAttention: null,
  kvCache: 'f16',
  draftPath: null,
  idleMs: 0,
  memoryBytes: null
})

export const user = (text: string): EngineMessage => ({ role: 'user', text })
export const assistant = (text: string): EngineMessage => ({ role: 'assistant', text, toolCalls: [] })

export function chatOf(messages: EngineMessage[] | string, extra: Partial<EngineChat> = {}): EngineChat {
  return {
    messages: typeof messages === 'string' ? [user(messages)] : messages,
    tools: [],
    toolChoice: 'auto',
    parallelToolCalls: false,
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

export async function answer(
  model: ChatModel,
  chat: EngineChat,
  hooks: Partial<ChatHooks> = {}
): Promise<Collected> {
  const got: Omit<Collected, keyof ChatEnd> = {
    text: '',
    reasoning: '',
    notes: [],
    calls: [],
    argumentPieces: 0,
    logprobs: [],
    deltas: 0
  }
  const end = await model.answer(chat, {
    signal: never,
    onAccepted(notes) {
      got.notes = notes
    },
    onDelta(text, reasoning) {
      got.text += text
      got.reasoning += reasoning
      got.deltas += 1
    },
    onToolCall(index, name) {
      got.calls[index] = { name, arguments: '' }
    },
    onToolArguments(index, text) {
      const call = got.calls[index]
      if (call !== undefined) call.arguments += text
      got.argumentPieces += 1
    },
    onLogprobs(tokens) {
      got.logprobs.push(...tokens)
    },
    ...hooks
  })
  return { ...got, ...end }
}
