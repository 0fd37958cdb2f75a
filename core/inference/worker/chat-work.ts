import type { EngineChat, EngineWork } from '../../contract/engine-frames.ts'
import type { ChatEnd, ChatHooks } from './chat-model.ts'
import type { LastFrame, LoadedModel, ModelInfo, WorkCall } from './loaded-model.ts'

interface Chatting {
  readonly info: ModelInfo
  answer(chat: EngineChat, hooks: ChatHooks): Promise<ChatEnd>
  countTokens(chat: EngineChat): Promise<number>
  dispose(): Promise<void>
}

/** A chat model as the host takes it: its answers are frames. */
export class ChatWork implements LoadedModel {
  readonly #model: Chatting

  constructor(model: Chatting) {
    this.#model = model
  }

  get info(): ModelInfo {
    return this.#model.info
  }

  async perform(work: EngineWork, { id, signal, send }: WorkCall): Promise<LastFrame> {
    if (work.kind === 'count') {
      return {
        type: 'result',
        id,
        result: { kind: 'tokens', count: await this.#model.countTokens(work.chat) }
      }
    }
    if (work.kind !== 'chat') throw new Error(`A chat model was asked for ${work.kind}`)
    const end = await this.#model.answer(work.chat, {
      signal,
      onAccepted: (notes) => send({ type: 'accepted', id, notes }),
      onDelta: (text, reasoning) => send({ type: 'delta', id, text, reasoning }),
      onToolCall: (index, name) => send({ type: 'tool-call', id, index, name }),
      onToolArguments: (index, text) => send({ type: 'tool-arguments', id, index, arguments: text }),
      onLogprobs: (tokens) => send({ type: 'logprobs', id, tokens })
    })
    return { type: 'end', id, ...end }
  }

  async dispose(): Promise<void> {
    await this.#model.dispose()
  }
}
