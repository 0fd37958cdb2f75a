import type { LlamaChatResponseFunctionCallParamsChunk } from 'node-llama-cpp'

export interface ToolCallHooks {
  onToolCall(index: number, name: string): void
  /** A piece of the JSON text of a call's arguments. */
  onToolArguments(index: number, text: string): void
}

/**
 * Hands on the calls that a model writes, as it writes them. The binding's grammar ends the arguments with line breaks, which
 * are no part of them.
 */
export class ToolCallStream {
  readonly #hooks: ToolCallHooks
  #complete = 0
  #isBegun = false
  #blanks = ''

  constructor(hooks: ToolCallHooks) {
    this.#hooks = hooks
  }

  onChunk({ functionName, paramsChunk }: LlamaChatResponseFunctionCallParamsChunk): void {
    this.#begin(functionName)
    const text = this.#blanks + paramsChunk
    const written = text.trimEnd()
    this.#blanks = text.slice(written.length)
    if (written !== '') this.#hooks.onToolArguments(this.#complete, written)
  }

  onComplete(name: string): void {
    // a tool without parameters has no chunks
    if (!this.#isBegun) {
      this.#begin(name)
      this.#hooks.onToolArguments(this.#complete, '{}')
    }
    this.#complete += 1
    this.#isBegun = false
    this.#blanks = ''
  }

  #begin(name: string): void {
    if (this.#isBegun) return
    this.#isBegun = true
    this.#hooks.onToolCall(this.#complete, name)
  }
}
