import type { LlamaContextSequence, SequenceEvaluateOptions, Token } from 'node-llama-cpp'
import { choose, type LogprobLog, openSampling, randomFrom } from './chat-logprobs.ts'
import type { Sampling } from './chat-sampling.ts'
import type { ChatSequence } from './chat-sequences.ts'

/** Tokens of a prompt between two looks at whether the answer is still wanted: a CPU takes a second for about so many. */
const PROMPT_STEP = { cpu: 128, gpu: 512 }

type Tokens = ReturnType<LlamaContextSequence['evaluate']>

export interface EvaluationOptions {
  sampling: Sampling
  /** Gets the probabilities of every token. */
  logprobs: LogprobLog | null
  signal: AbortSignal
}

/**
 * Stands between the binding's chat and its sequence while one answer is written: counts what is really evaluated, looks at
 * the signal within a long prompt, and gets hold of probabilities, which the binding's chat has no way to hand out.
 */
export class ChatEvaluation {
  readonly #chatSequence: ChatSequence
  readonly #options: EvaluationOptions
  readonly #random: () => number
  readonly #started = performance.now()
  #firstTokenAt: number | null = null
  #promptTokens: number | null = null
  #heldTokens = 0
  #outputTokens = 0

  constructor(chatSequence: ChatSequence, options: EvaluationOptions) {
    this.#chatSequence = chatSequence
    this.#options = options
    this.#random = randomFrom(options.sampling.seed)
    chatSequence.tap = (tokens, evaluateOptions) => this.#evaluate(tokens, evaluateOptions)
  }

  /** `prompt` and `held` are null and 0 until something was evaluated. Milliseconds. */
  get figures() {
    const now = performance.now()
    return {
      promptTokens: this.#promptTokens,
      heldTokens: this.#heldTokens,
      outputTokens: this.#outputTokens,
      promptMs: (this.#firstTokenAt ?? now) - this.#started,
      outputMs: this.#firstTokenAt === null ? 0 : now - this.#firstTokenAt
    }
  }

  async *#evaluate(tokens: Token[], options: SequenceEvaluateOptions = {}): Tokens {
    const { sequence } = this.#chatSequence
    if (this.#promptTokens === null) {
      this.#heldTokens = sequence.nextTokenIndex
      this.#promptTokens = sequence.nextTokenIndex + tokens.length
    }
    const last = await this.#evaluateAllBut(tokens, sequence)
    const inner = this.#tokensOf(last, options)
    try {
      let next = await inner.next()
      this.#firstTokenAt ??= performance.now()
      while (next.done !== true) {
        this.#outputTokens += 1
        next = await inner.next(yield next.value)
      }
    } finally {
      await inner.return()
    }
  }

  /** Evaluates a long prompt in steps, and returns what the last one is left to do. */
  async #evaluateAllBut(tokens: Token[], sequence: LlamaContextSequence): Promise<Token[]> {
    const step = sequence.model.gpuLayers > 0 ? PROMPT_STEP.gpu : PROMPT_STEP.cpu
    let rest = tokens
    while (rest.length > step) {
      await sequence.evaluateWithoutGeneratingNewTokens(rest.slice(0, step))
      this.#options.signal.throwIfAborted()
      rest = rest.slice(step)
    }
    return rest
  }

  #tokensOf(tokens: Token[], options: SequenceEvaluateOptions) {
    if (this.#options.logprobs === null) return this.#chatSequence.evaluate(tokens, options)
    return this.#tokensWithLogprobs(tokens, options, this.#options.logprobs)
  }

  /**
   * A grammar must see every token that is chosen, so then the binding chooses, and the probabilities are those it chose
   * from: after temperature, top-k and the like. Without one they are the model's own.
   */
  async *#tokensWithLogprobs(tokens: Token[], options: SequenceEvaluateOptions, log: LogprobLog): Tokens {
    const { sequence } = this.#chatSequence
    const { grammarEvaluationState: grammar } = options
    const isBound = (typeof grammar === 'function' ? grammar() : grammar) !== undefined
    const sampling = isBound || sequence.tokenPredictor !== undefined ? {} : openSampling
    const inner = sequence.evaluateWithMetadata(tokens, { probabilities: true }, { ...options, ...sampling })
    try {
      let next = await inner.next()
      while (next.done !== true) {
        const { probabilities } = next.value
        const chosen =
          sampling === openSampling
            ? choose(probabilities, this.#options.sampling, this.#random)
            : next.value.token
        log.add(chosen, probabilities)
        next = await inner.next((yield chosen) ?? chosen)
      }
    } finally {
      await inner.return()
    }
  }
}
