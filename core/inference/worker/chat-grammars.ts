import type { Llama, LlamaGrammar } from 'node-llama-cpp'
import type { EngineChat } from '../../contract/engine-frames.ts'
import { EngineError } from './engine-error.ts'

/** Grammars that are kept: a program asks for the same few again and again. */
const KEPT = 32

/** The grammars of JSON answers and of tools' arguments. */
export class ChatGrammars {
  readonly #llama: Llama
  readonly #kept = new Map<string, Promise<LlamaGrammar>>()

  constructor(llama: Llama) {
    this.#llama = llama
  }

  /** What an answer is held to; null: nothing. Throws `bad-request` for a schema that cannot be a grammar. */
  async ofOutput(output: EngineChat['output']): Promise<LlamaGrammar | null> {
    if (output === 'text') return null
    if (output === 'json') return await this.#llama.getGrammarFor('json')
    return await this.#ofSchema(output.schema, 'The JSON schema cannot be turned into a grammar.')
  }

  /** The binding makes these grammars itself, in the middle of an answer: too late to refuse them. */
  async checkTools(tools: EngineChat['tools']): Promise<void> {
    for (const { name, parameters } of tools) {
      if (parameters === null) continue
      await this.#ofSchema(parameters, `The parameters of the tool ${name} cannot be turned into a grammar.`)
    }
  }

  async #ofSchema(schema: unknown, problem: string): Promise<LlamaGrammar> {
    const key = JSON.stringify(schema)
    // the daemon has put the schema into the form that the binding takes (grammar-schema.ts)
    const grammar =
      this.#kept.get(key) ?? this.#llama.createGrammarForJsonSchema(schema as { type: 'object' })
    this.#kept.delete(key)
    this.#kept.set(key, grammar)
    for (const oldest of this.#kept.keys()) {
      if (this.#kept.size <= KEPT) break
      this.#kept.delete(oldest)
    }
    try {
      return await grammar
    } catch {
      this.#kept.delete(key)
      throw new EngineError('bad-request', problem)
    }
  }
}
