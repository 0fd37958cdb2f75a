import { HomeportError } from '../../errors/homeport-error.ts'
import type { JsonObject } from '../shared/json.ts'
import { dropped } from '../shared/written-content.ts'
import type { ContentPart, PromptMessage, ToolCallPart, VendorSignature } from '../spec/prompt.ts'
import { writeFunctionArgs, writeFunctionResponse } from './function-values.ts'
import { isGemini3 } from './generation.ts'
import { writeMedia } from './media.ts'
import type { ContentTarget } from './target.ts'

export interface Content {
  role: 'user' | 'model'
  parts: JsonObject[]
}
export interface WrittenContents {
  systemInstruction?: { parts: JsonObject[] }
  contents: Content[]
}

/**
 * Gemini 3 refuses a step whose first function call has no signature; this one, which Google documents, stands for "made by
 * another model". Source: https://ai.google.dev/gemini-api/docs/thought-signatures
 */
const FOREIGN_SIGNATURE = 'skip_thought_signature_validator'

/**
 * Messages as Gemini takes them: system messages joined into one instruction, the rest in alternating roles, results of
 * tools by their function's name. Throws `bad-request` for a result that answers no call.
 */
export function writeContents(
  messages: readonly PromptMessage[],
  target: ContentTarget,
  warnings: string[]
): WrittenContents {
  const writer = new PartWriter(messages, target, warnings)
  const system: JsonObject[] = []
  const contents: Content[] = []
  for (const message of messages) {
    const parts = writer.write(message)
    if (message.role === 'system') system.push(...parts)
    else if (parts.length > 0) append(contents, message.role === 'assistant' ? 'model' : 'user', parts)
  }
  // a request of nothing but instructions is a question all the same
  if (contents.length === 0 && system.length > 0) return { contents: [{ role: 'user', parts: system }] }
  return { ...(system.length > 0 && { systemInstruction: { parts: system } }), contents }
}

function append(contents: Content[], role: Content['role'], parts: JsonObject[]): void {
  const last = contents.at(-1)
  if (last?.role === role) last.parts.push(...parts)
  else contents.push({ role, parts })
}

class PartWriter {
  readonly #names = new Map<string, string>()
  readonly #target: ContentTarget
  readonly #warnings: string[]

  constructor(messages: readonly PromptMessage[], target: ContentTarget, warnings: string[]) {
    this.#target = target
    this.#warnings = warnings
    for (const { content } of messages) {
      for (const part of content) if (part.type === 'tool-call') this.#names.set(part.id, part.name)
    }
  }

  write({ role, content }: PromptMessage): JsonObject[] {
    const written = content.map((part) => this.#write(part))
    // the responses of functions stand together; what they brought along follows them
    const parts = [...written.map(({ part }) => part), ...written.map(({ after = [] }) => after)].flat()
    return role === 'assistant' && isGemini3(this.#target.model) ? withSignedCalls(parts) : parts
  }

  #write(part: ContentPart): { part: JsonObject[]; after?: JsonObject[] } {
    switch (part.type) {
      case 'text':
        return { part: part.text === '' ? [] : [{ text: part.text, ...signed(part.signature) }] }
      case 'reasoning':
        return { part: this.#writeReasoning(part.text, part.redacted === true, part.signature) }
      case 'image':
      case 'document':
      case 'audio':
        return { part: [writeMedia(part.source, part.type, this.#target.filesUrl)] }
      case 'tool-call':
        return { part: [this.#writeCall(part)] }
      case 'tool-result': {
        const name = part.name ?? this.#names.get(part.callId)
        if (name === undefined) {
          throw new HomeportError('bad-request', 'The result of a tool answers no call of this conversation.')
        }
        const { response, after } = writeFunctionResponse(part, this.#target, this.#warnings)
        return { part: [{ functionResponse: { id: part.callId, name, ...response } }], after }
      }
      case 'unsupported':
        this.#warnings.push(dropped(part))
        return { part: [] }
    }
  }

  #writeReasoning(text: string, redacted: boolean, signature: VendorSignature | undefined): JsonObject[] {
    if (signature && signature.vendor !== 'google') return []
    if (redacted) return signature ? [{ text: '', ...signed(signature) }] : []
    return text === '' ? [] : [{ text, thought: true, ...signed(signature) }]
  }

  #writeCall({ id, name, arguments: text, signature }: ToolCallPart): JsonObject {
    return { functionCall: { id, name, args: writeFunctionArgs(text) }, ...signed(signature) }
  }
}

const signed = (signature: VendorSignature | undefined): { thoughtSignature?: string } =>
  signature?.vendor === 'google' ? { thoughtSignature: signature.value } : {}

/** Of calls made together only the first bears a signature. */
function withSignedCalls(parts: readonly JsonObject[]): JsonObject[] {
  const first = parts.find((part) => part.functionCall !== undefined)
  return parts.map((part) =>
    part === first && part.thoughtSignature === undefined
      ? { ...part, thoughtSignature: FOREIGN_SIGNATURE }
      : part
  )
}
