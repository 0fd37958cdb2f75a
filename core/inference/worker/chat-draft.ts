import { setTimeout as after } from 'node:timers/promises'
import { DraftSequenceTokenPredictor, type LlamaContextSequence, type Token } from 'node-llama-cpp'

/** Tokens that a draft's context must have room for beyond those of the answer: it is some guesses ahead. */
export const DRAFT_AHEAD_TOKENS = 64

/** How often a draft that keeps its answer waiting is asked again, and how long it may keep it waiting. */
const ASK_AGAIN_MS = 5
const LONGEST_WAIT_MS = 50

/**
 * The binding's speculative decoding, without two ways in which it ends an answer. It may wait for ever: a draft that is
 * stopped while it begins anew leaves the one who waits for it without a word, unless it is asked again. And it moves up what
 * it has evaluated to where another prompt has the same words, of which llama.cpp crashes where keys are quantised.
 */
export class ChatDraft extends DraftSequenceTokenPredictor {
  constructor(sequence: LlamaContextSequence) {
    const adapt = sequence.adaptStateToTokens.bind(sequence)
    sequence.adaptStateToTokens = (tokens) => adapt(tokens, false)
    // never needed, as its context is the larger one; but the answer's own way, to end there, would end the process here
    super(sequence, { evaluateOptions: { contextShift: { strategy: 'eraseBeginning', size: 256 } } })
  }

  override predictTokens(): Token[] | Promise<Token[]> {
    const tokens = super.predictTokens()
    return tokens instanceof Promise ? this.#orNone(tokens) : tokens
  }

  /** An answer can do without a guess at any time. */
  async #orNone(first: Promise<Token[]>): Promise<Token[]> {
    let tokens: Token[] | Promise<Token[]> = first
    for (let waited = 0; waited < LONGEST_WAIT_MS; waited += ASK_AGAIN_MS) {
      const waiting = new AbortController()
      const soon = after(ASK_AGAIN_MS, null, { signal: waiting.signal }).catch(() => null)
      const found = await Promise.race([tokens, soon])
      waiting.abort()
      if (found !== null) return found
      tokens = super.predictTokens()
    }
    return []
  }
}
