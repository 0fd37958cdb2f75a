import type { Usage } from '../../../contract/usage.ts'
import type { ChatEvent, FinishReason, TokenLogprob } from '../../../providers/spec/chat.ts'
import type { AnswerBuilder, AnswerIdentity } from '../chat-dialect.ts'
import { ToolCalls } from '../tool-calls.ts'
import { toWirePart, type WirePart, writeCalls } from './response-parts.ts'

const finishReasons: Readonly<Record<FinishReason, string>> = {
  stop: 'STOP',
  length: 'MAX_TOKENS',
  'tool-calls': 'STOP',
  'content-filter': 'SAFETY',
  other: 'OTHER'
}

/** Google counts cached tokens inside the prompt, and thoughts beside the candidates. */
function toWireUsage({ input, output }: Usage) {
  return {
    promptTokenCount: input.total,
    ...(input.cacheRead > 0 && { cachedContentTokenCount: input.cacheRead }),
    candidatesTokenCount: output.total - output.reasoning,
    ...(output.reasoning > 0 && { thoughtsTokenCount: output.reasoning }),
    totalTokenCount: input.total + output.total
  }
}

function toWireLogprobs(tokens: readonly TokenLogprob[]) {
  return {
    topCandidates: tokens.map(({ top }) => ({ candidates: top.map(toWireToken) })),
    chosenCandidates: tokens.map(toWireToken)
  }
}
const toWireToken = ({ token, logprob }: { token: string; logprob: number }) => ({
  token,
  logProbability: logprob
})

/** Writes neutral events as `GenerateContentResponse` objects. */
export class ChunkEncoder {
  readonly #identity: AnswerIdentity
  readonly #calls = new ToolCalls()
  #finish: FinishReason = 'stop'
  #usage: Usage | null = null

  constructor(identity: AnswerIdentity) {
    this.#identity = identity
  }

  /** The chunk of one event; null when it has nothing to show. */
  encode({ parts }: ChatEvent) {
    const shown: WirePart[] = []
    let tokens: readonly TokenLogprob[] = []
    for (const part of parts) {
      this.#calls.add(part)
      if (part.type === 'finish') this.#finish = part.reason
      else if (part.type === 'usage') this.#usage = part.usage
      else if (part.type === 'logprobs') tokens = [...tokens, ...part.tokens]
      const wire = toWirePart(part)
      if (wire) shown.push(wire)
    }
    if (shown.length === 0 && tokens.length === 0) return null
    return this.#response(shown, tokens.length > 0 ? { logprobsResult: toWireLogprobs(tokens) } : {})
  }

  /**
   * The chunk that closes a complete answer, with the function calls. Arguments that are no JSON object are what Google
   * calls MALFORMED_FUNCTION_CALL.
   */
  end() {
    const { parts, malformed } = writeCalls(this.#calls.take())
    const ending =
      malformed === null
        ? { finishReason: finishReasons[this.#finish] }
        : { finishReason: 'MALFORMED_FUNCTION_CALL', finishMessage: malformed }
    return {
      ...this.#response(parts, ending),
      ...(this.#usage && { usageMetadata: toWireUsage(this.#usage) })
    }
  }

  #response(parts: readonly WirePart[], more: object) {
    const { id, model } = this.#identity
    return {
      candidates: [{ content: { parts, role: 'model' }, ...more, index: 0 }],
      modelVersion: model,
      responseId: id
    }
  }
}

/** Gathers neutral events into one `GenerateContentResponse`. */
export class ResponseBuilder implements AnswerBuilder {
  readonly #encoder: ChunkEncoder
  readonly #parts: WirePart[] = []
  readonly #tokens: TokenLogprob[] = []

  constructor(identity: AnswerIdentity) {
    this.#encoder = new ChunkEncoder(identity)
  }

  add(event: ChatEvent): void {
    for (const part of event.parts) if (part.type === 'logprobs') this.#tokens.push(...part.tokens)
    for (const { content } of this.#encoder.encode(event)?.candidates ?? []) {
      for (const part of content.parts) this.#append(part)
    }
  }

  build(): unknown {
    const { candidates, ...rest } = this.#encoder.end()
    const logprobs = this.#tokens.length > 0 && { logprobsResult: toWireLogprobs(this.#tokens) }
    const [closing] = candidates
    const parts = [...this.#parts, ...(closing?.content.parts ?? [])]
    return { candidates: [{ ...closing, content: { parts, role: 'model' }, ...logprobs }], ...rest }
  }

  /** Pieces of one text become one part; what seals a thought closes it. */
  #append(part: WirePart): void {
    const last = this.#parts.at(-1)
    const isText = typeof part.text === 'string' && typeof last?.text === 'string'
    if (isText && part.thought === last.thought && last.thoughtSignature === undefined && part.text !== '') {
      this.#parts[this.#parts.length - 1] = { ...last, text: `${last.text}${part.text}` }
    } else if (isText && part.thought === true && last.thought === true && part.text === '') {
      this.#parts[this.#parts.length - 1] = { ...last, thoughtSignature: part.thoughtSignature }
    } else this.#parts.push(part)
  }
}
