import type { Usage } from '../contract/usage.ts'
import type { ChatEvent } from '../providers/spec/chat.ts'

/** As vendors' own guides have it for English prose and code. */
const BYTES_PER_TOKEN = 4

/**
 * What an answer has used so far: what the upstream reported, and for all that it has not yet counted, the length of the
 * text.
 */
export class RunningUsage {
  readonly #input: Usage['input']
  readonly #answers: number
  #textBytes = 0
  #reasoningBytes = 0
  #reported: Usage | null = null

  /** Until the upstream says what the prompt came to, it is taken for `input`. */
  constructor(input: Usage['input'], answers: number) {
    this.#input = input
    this.#answers = answers
  }

  /** Returns whether the event was a report of the upstream's own. */
  add({ parts }: ChatEvent): boolean {
    let isReport = false
    for (const part of parts) {
      switch (part.type) {
        case 'text-delta':
          this.#textBytes += Buffer.byteLength(part.text)
          break
        case 'reasoning-delta':
          this.#reasoningBytes += Buffer.byteLength(part.text)
          break
        case 'tool-call-start':
          this.#textBytes += Buffer.byteLength(part.name)
          break
        case 'tool-call-delta':
          this.#textBytes += Buffer.byteLength(part.arguments)
          break
        case 'usage':
          this.#reported = part.usage
          isReport = true
      }
    }
    return isReport
  }

  get outputTokens(): number {
    const seen = Math.ceil((this.#textBytes + this.#reasoningBytes) / BYTES_PER_TOKEN) * this.#answers
    return Math.max(seen, this.#reported?.output.total ?? 0)
  }

  /** With so many tokens more than there are. */
  usage(more = 0): Usage {
    const total = this.outputTokens + more
    const seen = Math.ceil(this.#reasoningBytes / BYTES_PER_TOKEN) * this.#answers
    const reasoning = Math.min(total, Math.max(seen, this.#reported?.output.reasoning ?? 0))
    const { input } = this.#reported ?? { input: this.#input }
    return {
      ...this.#reported,
      input: input.total > 0 ? input : this.#input,
      output: { ...this.#reported?.output, total, text: total - reasoning, reasoning }
    }
  }
}
