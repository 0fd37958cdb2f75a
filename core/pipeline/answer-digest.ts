import type { Usage } from '../contract/usage.ts'
import type { ChatEvent, FinishReason } from '../providers/spec/chat.ts'

/**
 * What is remembered of an answer while its events pass by: never the events themselves, and of its text no more than
 * `maxChars` (UTF-16 units).
 */
export class AnswerDigest {
  text = ''
  reasoning = ''
  truncated = false
  usage: Usage | null = null
  finish: FinishReason | null = null
  servedModel: string | null = null
  hasToken = false
  readonly #maxChars: number
  #wire: string[] = []
  #wireChars = 0

  constructor(maxChars: number) {
    this.#maxChars = maxChars
  }

  /** What the upstream sent, as long as none of it was text. */
  get wire(): string | null {
    return this.hasToken || this.#wire.length === 0 ? null : this.#wire.join('\n')
  }

  add(event: ChatEvent): void {
    for (const part of event.parts) {
      switch (part.type) {
        case 'text-delta':
          this.text += this.#fitting(part.text)
          break
        case 'reasoning-delta':
          this.reasoning += this.#fitting(part.text)
          break
        case 'finish':
          this.finish = part.reason
          break
        case 'usage':
          this.usage = part.usage
          break
        case 'served-model':
          this.servedModel = part.model
      }
    }
    if (!this.hasToken && event.wire !== undefined) this.#keepWire(event.wire)
  }

  #fitting(delta: string): string {
    if (delta === '') return delta
    if (!this.hasToken) {
      this.hasToken = true
      this.#wire = []
    }
    const room = this.#maxChars - this.text.length - this.reasoning.length
    if (delta.length <= room) return delta
    this.truncated = true
    return delta.slice(0, room)
  }

  #keepWire(wire: string): void {
    if (this.#wireChars + wire.length > this.#maxChars) {
      this.truncated = true
      return
    }
    this.#wireChars += wire.length
    this.#wire.push(wire)
  }
}
