import type { ChatPart } from '../providers/spec/chat.ts'
import type { PromptMessage, ReasoningPart, ToolCallPart } from '../providers/spec/prompt.ts'
import { anchorsOf } from './anchors.ts'
import type { AnchoredThought, Thought } from './thought.ts'

/** Gathers what a model thinks while its answer passes by. */
export class ThoughtCollector {
  /** One for each tool call: what came before it. */
  readonly #thoughts: Thought[] = []
  readonly #calls: ToolCallPart[] = []
  #open: ReasoningPart[] = []
  #text = ''
  #beforeText = true
  #isSigned = false

  add(part: ChatPart): void {
    switch (part.type) {
      case 'text-delta':
        this.#text += part.text
        break
      case 'reasoning-delta':
        this.#openReasoning().text += part.text
        break
      case 'reasoning-signature':
        this.#isSigned = true
        if (part.redacted)
          this.#push({ type: 'reasoning', text: '', signature: part.signature, redacted: true })
        else this.#openReasoning().signature = part.signature
        break
      case 'tool-call-start':
        this.#startCall(part)
        break
      case 'tool-call-delta': {
        const call = this.#calls[part.index]
        if (call) call.arguments += part.arguments
      }
    }
  }

  /**
   * What must be kept of the answer to these messages: thoughts that a vendor signed, and before tool calls unsigned ones
   * too, which some models need to find their way back.
   */
  anchored(
    messages: readonly PromptMessage[],
    client: { scope: string; keepsIds: boolean }
  ): AnchoredThought[] {
    if (this.#calls.length === 0 && !this.#isSigned) return []
    const answer: PromptMessage = {
      role: 'assistant',
      content: [{ type: 'text', text: this.#text }, ...this.#calls]
    }
    const anchors = anchorsOf([...messages, answer], client).at(-1)
    if (!anchors) return []
    if (this.#calls.length === 0) {
      const thought = { beforeText: true, reasoning: this.#open, callSignature: null }
      return anchors.text === null || this.#open.length === 0 ? [] : [{ anchor: anchors.text, thought }]
    }
    return this.#thoughts.flatMap((thought, index) => {
      const anchor = anchors.calls[index]
      const isEmpty = thought.reasoning.length === 0 && thought.callSignature === null
      return anchor === undefined || isEmpty ? [] : [{ anchor, thought }]
    })
  }

  #startCall({ index, id, name, signature }: Extract<ChatPart, { type: 'tool-call-start' }>): void {
    this.#calls[index] = { type: 'tool-call', id, name, arguments: '' }
    this.#thoughts[index] = {
      beforeText: this.#beforeText,
      reasoning: this.#open,
      callSignature: signature ?? null
    }
    this.#open = []
  }

  /** The reasoning that a delta belongs to: a signature closes the one before. */
  #openReasoning(): ReasoningPart {
    const last = this.#open.at(-1)
    if (last && last.signature === undefined) return last
    const opened: ReasoningPart = { type: 'reasoning', text: '' }
    this.#push(opened)
    return opened
  }

  #push(part: ReasoningPart): void {
    if (this.#open.length === 0) this.#beforeText = this.#text === '' && this.#calls.length === 0
    this.#open.push(part)
  }
}
