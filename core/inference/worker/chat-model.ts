import { randomInt } from 'node:crypto'
import {
  type ChatHistoryItem,
  type ChatWrapper,
  InsufficientMemoryError,
  type Llama,
  LlamaChat,
  type LlamaGrammar,
  type LlamaModel,
  resolveChatWrapper
} from 'node-llama-cpp'
import {
  type EngineChat,
  type engineErrorCodes,
  MAX_CONTEXT_TOKENS
} from '../../contract/inference-frames.ts'
import type { Usage } from '../../contract/usage.ts'

/** A request that fails, in words for the person. */
export class EngineError extends Error {
  override readonly name = 'EngineError'
  readonly code: (typeof engineErrorCodes)[number]

  constructor(code: (typeof engineErrorCodes)[number], message: string) {
    super(message)
    this.code = code
  }
}

export interface ChatHooks {
  /** Called once, when nothing but the answer is left to come. */
  onAccepted(): void
  onDelta(text: string, reasoning: string): void
  /** Aborting ends the answer after the token that is being computed. */
  signal: AbortSignal
}
export interface ChatEnd {
  finish: 'stop' | 'length' | 'cancelled'
  usage: Usage
}

/** llama.cpp's own defaults, for what a request leaves open. */
const DEFAULT_SAMPLING = { temperature: 0.8, topK: 40, topP: 0.95, minP: 0.05 }
/** Positions the binding keeps free at the end of the context. */
const RESERVED_TOKENS = 2

/** One loaded model with the context it answers in. Answers one request at a time. */
export class ChatModel {
  readonly #llama: Llama
  readonly #model: LlamaModel
  readonly #chat: LlamaChat

  private constructor(llama: Llama, model: LlamaModel, chat: LlamaChat) {
    this.#llama = llama
    this.#model = model
    this.#chat = chat
  }

  static async load(
    llama: Llama,
    modelPath: string,
    threads: number,
    signal: AbortSignal
  ): Promise<ChatModel> {
    let model: LlamaModel | null = null
    try {
      model = await llama.loadModel({ modelPath, loadSignal: signal })
      const context = await model.createContext({ contextSize: { max: MAX_CONTEXT_TOKENS }, threads })
      const chatWrapper = withoutBlankStops(resolveChatWrapper(model, { warningLogs: false }))
      return new ChatModel(
        llama,
        model,
        new LlamaChat({ contextSequence: context.getSequence(), chatWrapper })
      )
    } catch (error) {
      await model?.dispose()
      signal.throwIfAborted()
      throw new EngineError(
        'load-failed',
        error instanceof InsufficientMemoryError
          ? 'There is not enough free memory to load this model.'
          : 'The engine cannot load this model.'
      )
    }
  }

  async dispose(): Promise<void> {
    await this.#model.dispose()
  }

  async answer(chat: EngineChat, hooks: ChatHooks): Promise<ChatEnd> {
    const { signal } = hooks
    const history = historyOf(chat)
    const promptTokens = this.#countTokens(history)
    const sequence = this.#chat.sequence
    const room = sequence.contextSize - promptTokens - RESERVED_TOKENS
    if (room < 1) {
      throw new EngineError(
        'context-overflow',
        `The messages are ${promptTokens} tokens long, and this model has room for ${sequence.contextSize} with its answer. Send less, or choose a model with a larger context.`
      )
    }
    const grammar = await this.#grammarOf(chat.output)
    // what is left in the sequence of an earlier prompt is reused, at the price of the last digits of the odds:
    // who gives a seed wants the same answer again
    if (chat.seed !== null) await sequence.clearHistory()
    hooks.onAccepted()

    const before = sequence.tokenMeter.getState()
    let reasoningTokens = 0
    const end = (finish: ChatEnd['finish']): ChatEnd => {
      const { usedInputTokens, usedOutputTokens } = sequence.tokenMeter.diff(before)
      return { finish, usage: usageOf(promptTokens, usedInputTokens, usedOutputTokens, reasoningTokens) }
    }
    try {
      const { metadata } = await this.#chat.generateResponse(history, {
        signal,
        stopOnAbortSignal: true,
        // never past the end of the context: there the binding would begin to forget messages
        maxTokens: Math.min(chat.maxTokens ?? room, room),
        temperature: chat.temperature ?? DEFAULT_SAMPLING.temperature,
        topK: chat.topK ?? DEFAULT_SAMPLING.topK,
        topP: chat.topP ?? DEFAULT_SAMPLING.topP,
        minP: chat.minP ?? DEFAULT_SAMPLING.minP,
        // the binding's default is the time in seconds: the same for two requests of one second
        seed: chat.seed ?? randomInt(2 ** 32 - 1),
        repeatPenalty: false,
        customStopTriggers: chat.stop,
        budgets: { thoughtTokens: Number.POSITIVE_INFINITY, commentTokens: Number.POSITIVE_INFINITY },
        ...(grammar === null ? {} : { grammar }),
        onResponseChunk(chunk) {
          const isReasoning = chunk.type === 'segment'
          if (isReasoning) reasoningTokens += chunk.tokens.length
          if (chunk.text !== '') hooks.onDelta(isReasoning ? '' : chunk.text, isReasoning ? chunk.text : '')
        }
      })
      if (metadata.stopReason === 'abort') return end('cancelled')
      return end(metadata.stopReason === 'maxTokens' ? 'length' : 'stop')
    } catch (error) {
      if (signal.aborted) return end('cancelled')
      throw error
    }
  }

  #countTokens(history: ChatHistoryItem[]): number {
    try {
      const { contextText } = this.#chat.chatWrapper.generateContextState({ chatHistory: history })
      return contextText.tokenize(this.#model.tokenizer).length
    } catch {
      throw new EngineError('bad-request', "The model's chat template cannot write these messages.")
    }
  }

  async #grammarOf(output: EngineChat['output']): Promise<LlamaGrammar | null> {
    if (output === 'text') return null
    if (output === 'json') return await this.#llama.getGrammarFor('json')
    try {
      // the daemon has put the schema into the form that the binding takes (grammar-schema.ts)
      return await this.#llama.createGrammarForJsonSchema(output.schema as { type: 'object' })
    } catch {
      throw new EngineError('bad-request', 'The JSON schema cannot be turned into a grammar.')
    }
  }
}

/**
 * The binding takes what a template writes after a message for a sign that the answer is over. Where that is a blank or a
 * line break, every answer would end after its first word.
 */
function withoutBlankStops<T extends ChatWrapper>(chatWrapper: T): T {
  const generate = chatWrapper.generateContextState.bind(chatWrapper)
  chatWrapper.generateContextState = (options) => {
    const state = generate(options)
    const stops = state.stopGenerationTriggers.filter((stop) => stop.toString().trim() !== '')
    return { ...state, stopGenerationTriggers: stops }
  }
  return chatWrapper
}

/** Text of messages stays text: special tokens written in it have no power, because only the template's are parsed. */
function historyOf(chat: EngineChat): ChatHistoryItem[] {
  const history = chat.messages.map(({ role, text }): ChatHistoryItem => {
    return role === 'assistant' ? { type: 'model', response: [text] } : { type: role, text }
  })
  return [...history, { type: 'model', response: [] }]
}

/** The binding's meter leaves out the prompt's last token, whose evaluation gives the first of the answer. */
function usageOf(prompt: number, metered: number, output: number, reasoning: number): Usage {
  const noCache = Math.min(prompt, metered + 1)
  return {
    input: { total: prompt, noCache, cacheRead: prompt - noCache, cacheWrite5m: 0, cacheWrite1h: 0 },
    output: { total: output, text: Math.max(0, output - reasoning), reasoning: Math.min(reasoning, output) }
  }
}
