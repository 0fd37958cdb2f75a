import { InsufficientMemoryError, type Llama, type LlamaGrammar } from 'node-llama-cpp'
import type { EngineChat, EngineMessage, EngineModel } from '../../contract/engine-frames.ts'
import { type AnswerHooks, type ChatEnd, writeAnswer } from './chat-answer.ts'
import { ChatGrammars } from './chat-grammars.ts'
import { type ChatMemory, loadChatMemory } from './chat-memory.ts'
import { fitChat } from './chat-overflow.ts'
import { PromptPrefixes } from './chat-prefix.ts'
import { ChatSequences } from './chat-sequences.ts'
import { Summaries } from './chat-summary.ts'
import { type ChatPrompt, ChatTemplate, demandsCall, tokenizedBy } from './chat-template.ts'
import { EngineError } from './engine-error.ts'

export type { ChatEnd } from './chat-answer.ts'

export interface ChatHooks extends AnswerHooks {
  /** Called once, when nothing but the answer is left to come. `notes` say what was left out of the chat. */
  onAccepted(notes: string[]): void
}

/** A loaded model. Answers up to `info.parallel` chats at once. */
export class ChatModel {
  readonly info: {
    memoryBytes: number
    gpuLayers: number
    contextTokens: number
    parallel: number
    threads: number
  }
  readonly #memory: ChatMemory
  readonly #template: ChatTemplate
  readonly #grammars: ChatGrammars
  readonly #prefixes: PromptPrefixes
  readonly #sequences: ChatSequences
  readonly #summaries = new Summaries()

  private constructor(llama: Llama, memory: ChatMemory, threads: number) {
    const { model, contextTokens, sequences, memoryBytes } = memory
    this.info = {
      memoryBytes,
      gpuLayers: model.gpuLayers,
      contextTokens,
      parallel: sequences.length,
      threads
    }
    this.#memory = memory
    this.#template = new ChatTemplate(model)
    this.#grammars = new ChatGrammars(llama)
    this.#prefixes = new PromptPrefixes(model)
    this.#sequences = new ChatSequences(sequences, this.#prefixes)
  }

  /** Throws `does-not-fit` or `load-failed`. */
  static async load(
    llama: Llama,
    options: EngineModel & { threads: number },
    signal: AbortSignal
  ): Promise<ChatModel> {
    let memory: ChatMemory | null = null
    try {
      memory = await loadChatMemory(llama, options, signal)
      return new ChatModel(llama, memory, options.threads)
    } catch (error) {
      await memory?.dispose()
      signal.throwIfAborted()
      if (error instanceof EngineError) throw error
      if (error instanceof InsufficientMemoryError) {
        throw new EngineError(
          'does-not-fit',
          'There is not enough free memory to load this model with these settings.'
        )
      }
      const hint = options.kvCache === 'f16' ? '' : ` with a KV cache of type ${options.kvCache}`
      throw new EngineError('load-failed', `The engine cannot load this model${hint}.`)
    }
  }

  async dispose(): Promise<void> {
    await this.#memory.dispose()
  }

  /** Tokens of the prompt that this chat becomes, as it is. Throws `bad-request`. */
  async countTokens(chat: EngineChat): Promise<number> {
    return this.#template.promptOf(chat).tokens.length
  }

  /**
   * Answers a chat. An answer that is aborted ends as `cancelled`. Throws `bad-request` and `context-overflow`, before
   * anything was accepted.
   */
  async answer(chat: EngineChat, hooks: ChatHooks): Promise<ChatEnd> {
    const grammar = demandsCall(chat) ? null : await this.#grammars.ofOutput(chat.output)
    if (grammar === null) await this.#grammars.checkTools(chat.tools)
    try {
      const { prompt, notes } = await fitChat(chat, {
        contextTokens: this.info.contextTokens,
        promptOf: (part) => this.#template.promptOf(part),
        countText: (text) => this.#countText(text),
        summarise: (messages, maxTokens) => this.#summarise(messages, maxTokens, hooks.signal)
      })
      hooks.signal.throwIfAborted()
      const isToolless = grammar !== null && prompt.functions !== null
      hooks.onAccepted(isToolless ? [...notes, NO_TOOLS] : notes)
      return await this.#write(chat, prompt, grammar, hooks)
    } catch (error) {
      if (hooks.signal.aborted) return cancelledEnd
      throw error
    }
  }

  async #write(
    chat: EngineChat,
    prompt: ChatPrompt,
    grammar: LlamaGrammar | null,
    hooks: AnswerHooks
  ): Promise<ChatEnd> {
    const taken = this.#sequences.take(prompt.tokens)
    try {
      const { sequence } = taken
      // what was evaluated in other pieces differs in the last digits of the odds, and who gives a seed wants the same
      // answer again: nothing is reused of earlier prompts then
      if (chat.seed !== null) await sequence.clearHistory()
      const wrapper = tokenizedBy(
        prompt.wrapper,
        (tokens) => this.#prefixes.adopt(tokens, sequence.contextTokens).tokens
      )
      return await writeAnswer(taken, chat, { ...prompt, wrapper }, grammar, hooks)
    } finally {
      this.#sequences.release(taken)
    }
  }

  #summarise(messages: EngineMessage[], maxTokens: number, signal: AbortSignal): Promise<string> {
    return this.#summaries.of(messages, maxTokens, {
      countText: (text) => this.#countText(text),
      inputTokens: Math.floor(this.info.contextTokens / 2),
      ask: async (chat) => {
        let summary = ''
        const onDelta = (text: string) => {
          summary += text
        }
        const ignored = { onToolCall() {}, onToolArguments() {}, onLogprobs() {} }
        await this.#write(chat, this.#template.promptOf(chat), null, { ...ignored, onDelta, signal })
        signal.throwIfAborted()
        return summary
      }
    })
  }

  #countText(text: string): number {
    return this.#memory.model.tokenize(text).length
  }
}

const NO_TOOLS = 'No tool can be called in an answer that is held to JSON: leave out one of the two.'

const nothing = { total: 0, noCache: 0, cacheRead: 0, cacheWrite5m: 0, cacheWrite1h: 0 }
/** The end of an answer that was no longer wanted before it began. */
const cancelledEnd: ChatEnd = {
  finish: 'cancelled',
  stopSequence: null,
  usage: { input: nothing, output: { total: 0, text: 0, reasoning: 0 } },
  timings: { promptMs: 0, outputMs: 0 }
}
