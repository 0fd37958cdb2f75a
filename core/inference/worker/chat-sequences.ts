import type { LlamaContextSequence, SequenceEvaluateOptions, Token } from 'node-llama-cpp'
import type { PromptPrefixes } from './chat-prefix.ts'

type Evaluate = LlamaContextSequence['evaluate']

/** One conversation's place in the context. */
export interface ChatSequence {
  sequence: LlamaContextSequence
  /** The binding's own way to evaluate. */
  evaluate: Evaluate
  /** What the binding's chat evaluates with while an answer is written, so that the answer can watch it. */
  tap: Evaluate | null
  isFree: boolean
  /** Counts up with every use. */
  lastUse: number
}

/**
 * The sequences of a model. Each keeps what it evaluated last, and the next prompt goes where most of it is there already.
 */
export class ChatSequences {
  readonly #sequences: ChatSequence[]
  readonly #prefixes: PromptPrefixes
  #uses = 0

  constructor(sequences: LlamaContextSequence[], prefixes: PromptPrefixes) {
    this.#sequences = sequences.map(watched)
    this.#prefixes = prefixes
  }

  /** Takes the best free sequence for a prompt; give it back with `release`. */
  take(prompt: readonly Token[]): ChatSequence {
    const free = this.#sequences.filter(({ isFree }) => isFree)
    const oldest = Math.min(...free.map(({ lastUse }) => lastUse))
    let best: ChatSequence | null = null
    let lowest = Number.POSITIVE_INFINITY
    for (const candidate of free) {
      const cost = this.#costOf(candidate, prompt, candidate.lastUse === oldest)
      if (cost >= lowest) continue
      best = candidate
      lowest = cost
    }
    if (best === null) throw new Error('More answers at once than the model has sequences')
    this.#uses += 1
    best.lastUse = this.#uses
    best.isFree = false
    return best
  }

  release(taken: ChatSequence): void {
    taken.tap = null
    taken.isFree = true
  }

  /**
   * Tokens to evaluate now, and half of those that would be lost to whoever comes back for them. Nobody is expected to come
   * back to the sequence unused longest.
   */
  #costOf({ sequence }: ChatSequence, prompt: readonly Token[], isOldest: boolean): number {
    const { contextTokens } = sequence
    const { tokens, held } = this.#prefixes.adopt(prompt, contextTokens)
    const lost = isOldest ? 0 : (contextTokens.length - held) / 2
    return tokens.length - held + lost
  }
}

function watched(sequence: LlamaContextSequence): ChatSequence {
  const evaluate = sequence.evaluate.bind(sequence)
  const watchedSequence: ChatSequence = { sequence, evaluate, tap: null, isFree: true, lastUse: 0 }
  sequence.evaluate = (tokens: Token[], options?: SequenceEvaluateOptions) =>
    (watchedSequence.tap ?? evaluate)(tokens, options)
  return watchedSequence
}
