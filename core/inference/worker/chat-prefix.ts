import type { LlamaModel, Token } from 'node-llama-cpp'

/** What the tokenizer could not read as text: part of a character. */
const UNREADABLE = '\uFFFD'

/** A prompt with as much of it as possible in the tokens that a sequence already holds. */
export interface AdoptedPrompt {
  tokens: Token[]
  /** How many of them the sequence holds. */
  held: number
}

/**
 * Finds how much of a prompt a sequence already holds.
 *
 * A model may write a word in other tokens than its tokenizer would. When the answer comes back as part of the next prompt,
 * comparing tokens alone would find the first such word and evaluate all that follows anew. So where tokens differ, their
 * text is compared, up to the next place where both have a boundary. Special tokens are only ever equal to themselves.
 */
export class PromptPrefixes {
  readonly #model: LlamaModel
  readonly #anchor: Token[]
  /** Text of each token as it continues a text; null for what has none. */
  readonly #texts = new Map<Token, string | null>()

  constructor(model: LlamaModel) {
    this.#model = model
    this.#anchor = model.tokenize('a', false).slice(-1)
  }

  adopt(prompt: readonly Token[], held: readonly Token[]): AdoptedPrompt {
    let p = 0
    let h = 0
    while (p < prompt.length && h < held.length) {
      if (prompt[p] === held[h]) {
        p += 1
        h += 1
        continue
      }
      const boundary = this.#nextBoundary(prompt, p, held, h)
      if (boundary === null) break
      p = boundary.p
      h = boundary.h
    }
    return { tokens: [...held.slice(0, h), ...prompt.slice(p)], held: h }
  }

  #nextBoundary(
    prompt: readonly Token[],
    promptStart: number,
    held: readonly Token[],
    heldStart: number
  ): { p: number; h: number } | null {
    let p = promptStart
    let h = heldStart
    let promptText = ''
    let heldText = ''
    do {
      const isPromptBehind = promptText.length <= heldText.length
      const token = isPromptBehind ? prompt[p] : held[h]
      const text = token === undefined ? null : this.#textOf(token)
      if (text === null) return null
      if (isPromptBehind) {
        promptText += text
        p += 1
      } else {
        heldText += text
        h += 1
      }
      if (!promptText.startsWith(heldText) && !heldText.startsWith(promptText)) return null
    } while (promptText !== heldText)
    return { p, h }
  }

  #textOf(token: Token): string | null {
    const known = this.#texts.get(token)
    if (known !== undefined) return known
    const model = this.#model
    const text = model.isSpecialToken(token) ? '' : model.detokenize([token], false, this.#anchor)
    const usable = text === '' || text.includes(UNREADABLE) ? null : text
    this.#texts.set(token, usable)
    return usable
  }
}
