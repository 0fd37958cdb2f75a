import type { LlamaModel, Token } from 'node-llama-cpp'
import type { FromEngine } from '../../contract/engine-frames.ts'
import type { Sampling } from './chat-sampling.ts'

export type Logprobs = Extract<FromEngine, { type: 'logprobs' }>['tokens']
type Logprob = Logprobs[number]

/**
 * What the binding samples with while probabilities are wanted: nothing is cut off but the tail, so that they are the model's
 * own. The next token is then chosen here, by `choose`.
 */
export const openSampling = { temperature: 1, topK: 1000, topP: 1, minP: 0 } as const
/** Stands for the logarithm of 0, which JSON cannot say. */
const LEAST = -9999

const encoder = new TextEncoder()

/** Chooses the next token as the binding would: top-k, then top-p, then min-p, then temperature. */
export function choose(
  probabilities: ReadonlyMap<Token, number>,
  { temperature, topK, topP, minP }: Sampling,
  random: () => number
): Token {
  const [first, ...others] = probabilities
  if (first === undefined) throw new Error('No token to choose from')
  const candidates = [first]
  let sum = first[1]
  for (const candidate of temperature === 0 ? [] : others) {
    const isCut = (topK > 0 && candidates.length >= topK) || sum >= topP || candidate[1] < minP * first[1]
    if (isCut) break
    candidates.push(candidate)
    sum += candidate[1]
  }
  const weights = candidates.map(([, probability]) => (probability / first[1]) ** (1 / (temperature || 1)))
  let left = random() * weights.reduce((total, weight) => total + weight, 0)
  const chosen = weights.findIndex((weight) => {
    left -= weight
    return left < 0
  })
  return (candidates[chosen] ?? first)[0]
}

/** Numbers from 0 to 1, the same for the same seed (mulberry32). */
export function randomFrom(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}

/** Remembers the probabilities of the tokens that were chosen, until they are part of the answer. */
export class LogprobLog {
  readonly #model: LlamaModel
  readonly #top: number
  readonly #anchor: Token[]
  #pending: { token: Token; logprob: Logprob }[] = []

  constructor(model: LlamaModel, top: number) {
    this.#model = model
    this.#top = top
    this.#anchor = model.tokenize('a', false).slice(-1)
  }

  add(token: Token, probabilities: ReadonlyMap<Token, number>): void {
    const top: Logprob['top'] = []
    for (const [id, probability] of probabilities) {
      if (top.length >= this.#top) break
      top.push(this.#entry(id, probability))
    }
    this.#pending.push({
      token,
      logprob: { ...this.#entry(token, probabilities.get(token) ?? 0), top }
    })
  }

  /** The log of these tokens, which are the next of the answer. What was chosen before and is no part of it is dropped. */
  take(tokens: readonly Token[]): Logprobs {
    const taken: Logprobs = []
    for (const token of tokens) {
      const index = this.#pending.findIndex((pending) => pending.token === token)
      const found = this.#pending[index]
      if (found === undefined) continue
      taken.push(found.logprob)
      this.#pending = this.#pending.slice(index + 1)
    }
    return taken
  }

  #entry(token: Token, probability: number): Omit<Logprob, 'top'> {
    const text = this.#model.detokenize([token], true, this.#anchor)
    // a token that is part of a character has no text of its own
    const bytes = text.includes('\uFFFD') ? null : [...encoder.encode(text)]
    return { token: text, logprob: probability > 0 ? Math.log(probability) : LEAST, bytes }
  }
}
