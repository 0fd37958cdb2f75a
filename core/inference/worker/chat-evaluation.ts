import type { LlamaContextSequence, LlamaModel, SequenceEvaluateOptions, Token } from 'node-llama-cpp'
import { choose, type LogprobLog, openSampling, randomFrom } from './chat-logprobs.ts'
import type { Sampling } from './chat-sampling.ts'
import type { ChatSequence } from './chat-sequences.ts'

/** The most tokens that the binding evaluates at once. */
const LARGEST_STEP = 512
/** Models above so many bytes take smaller steps on a CPU. */
const smallerSteps = [
  { aboveBytes: 6 * 2 ** 30, tokens: 64 },
  { aboveBytes: 2 ** 30, tokens: 128 }
]

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

  /** `promptTokens` is null until something was evaluated, `heldTokens` what the sequence held of them. Times in ms. */
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
    const step = promptStep(sequence.model)
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

/**
 * Tokens of a prompt between two looks at whether the answer is still wanted: few enough for a few seconds at most, enough to
 * be fast. The same for every prompt of a model, or the same seed would not give the same answer.
 */
function promptStep({ gpuLayers, size }: LlamaModel): number {
  if (gpuLayers > 0) return LARGEST_STEP
  return smallerSteps.find(({ aboveBytes }) => size > aboveBytes)?.tokens ?? LARGEST_STEP
}
