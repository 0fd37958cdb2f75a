import {
  type ChatHistoryItem,
  type ChatModelFunctions,
  type ChatWrapper,
  type ChatWrapperGeneratedContextState,
  type LlamaModel,
  LlamaText,
  resolveChatWrapper,
  type Token
} from 'node-llama-cpp'
import type { EngineChat } from '../../contract/engine-frames.ts'
import { toChatHistory } from './chat-history.ts'
import { EngineError } from './engine-error.ts'

/** A chat as the model's template takes it. */
export interface ChatPrompt {
  history: ChatHistoryItem[]
  wrapper: ChatWrapper
  /** Tools that can be called. */
  functions: ChatModelFunctions | null
  canThink: boolean
  tokens: Token[]
}

/** For chats that are not to think, where the model's template knows such a thing. */
const quietSettings = {
  qwen: { thoughts: 'discourage' },
  gemma4: { reasoning: false },
  seed: { thinkingBudget: 0 },
  harmony: { reasoningEffort: 'low' },
  muse: { reasoningStrength: 'low' },
  jinjaTemplate: { reasoning: false }
} as const

/** Whether an answer without a call of a tool would be the wrong one. */
export const demandsCall = ({ toolChoice }: EngineChat): boolean =>
  toolChoice !== 'auto' && toolChoice !== 'none'

/** The chat template of a model. */
export class ChatTemplate {
  readonly #model: LlamaModel
  readonly #thinking: ChatWrapper
  #quiet: ChatWrapper | null = null

  constructor(model: LlamaModel) {
    this.#model = model
    this.#thinking = resolveChatWrapper(model, { warningLogs: false })
  }

  /** Throws `bad-request` for messages that the template cannot write. */
  promptOf(chat: EngineChat): ChatPrompt {
    const { toolChoice, tools } = chat
    const mustCall = demandsCall(chat)
    // neither a grammar nor a call leaves room to think first
    const canThink = chat.reasoningTokens !== 0 && chat.output === 'text' && !mustCall
    const wrapper = canThink ? this.#thinking : this.#quietWrapper()
    const callable = toolChoice === 'none' ? [] : tools
    const offered = functionsOf(callable)
    const functions = typeof toolChoice === 'string' ? offered : named(offered, toolChoice.name)
    if (mustCall && functions === null) {
      throw new EngineError('bad-request', 'A tool must be called, but there is none to call.')
    }
    const answerWrapper = wrapperFor(wrapper, offered, mustCall)
    const history = toChatHistory(chat.messages, wrapper)
    if (!canThink) closeThought(history, wrapper)
    const tokens = this.#tokensOf(answerWrapper, history, functions)
    return { history, wrapper: answerWrapper, functions, canThink, tokens }
  }

  #tokensOf(wrapper: ChatWrapper, history: ChatHistoryItem[], functions: ChatModelFunctions | null): Token[] {
    try {
      const { contextText } = wrapper.generateContextState({
        chatHistory: history,
        ...(functions === null ? {} : { availableFunctions: functions })
      })
      return contextText.tokenize(this.#model.tokenizer)
    } catch {
      throw new EngineError('bad-request', "The model's chat template cannot write these messages.")
    }
  }

  #quietWrapper(): ChatWrapper {
    this.#quiet ??= withSegmentsOf(
      this.#thinking,
      resolveChatWrapper(this.#model, { warningLogs: false, customWrapperSettings: quietSettings })
    )
    return this.#quiet
  }
}

/** A model that is told not to think may do it all the same: the binding must still know a thought when it sees one. */
function withSegmentsOf(thinking: ChatWrapper, quiet: ChatWrapper): ChatWrapper {
  const { segments } = thinking.settings
  if (segments?.thought === undefined || quiet.settings.segments?.thought !== undefined) return quiet
  const settings = { ...quiet.settings, segments }
  return Object.create(quiet, { settings: { value: settings } })
}

/** The same wrapper, whose prompts are tokenised by `tokenize`. */
export function tokenizedBy(wrapper: ChatWrapper, adopt: (prompt: Token[]) => Token[]): ChatWrapper {
  return derived(wrapper, (state) => {
    const contextText = LlamaText(state.contextText)
    const tokenize = contextText.tokenize.bind(contextText)
    contextText.tokenize = (tokenizer, options) => adopt(tokenize(tokenizer, options))
    return { ...state, contextText }
  })
}

/**
 * The wrapper for one answer. Tools that cannot be called this time are still described, so that the prompt stays the same
 * from one request to the next. Where one must be called, the answer begins inside the call: the binding's own grammar then
 * leaves no way but a name and arguments that fit.
 */
function wrapperFor(
  wrapper: ChatWrapper,
  offered: ChatModelFunctions | null,
  mustCall: boolean
): ChatWrapper {
  return derived(
    wrapper,
    (state) => {
      // the binding takes what a template writes after a message for a sign that the answer is over. Where that is a blank
      // or a line break, every answer would end after its first word
      const stopGenerationTriggers = state.stopGenerationTriggers.filter(
        (stop) => stop.toString().trim() !== ''
      )
      return mustCall
        ? callAtOnce({ ...state, stopGenerationTriggers })
        : { ...state, stopGenerationTriggers }
    },
    offered
  )
}

function callAtOnce(state: ChatWrapperGeneratedContextState): ChatWrapperGeneratedContextState {
  const { contextText, stopGenerationTriggers } = state
  const trigger = state.prefixTriggers?.find(({ type }) => type === 'functionCall')
  const noTrigger = state.noPrefixTrigger
  const inject = trigger?.inject ?? (noTrigger?.type === 'functionCall' ? noTrigger.inject : undefined)
  if (inject !== undefined) {
    return { contextText, stopGenerationTriggers, noPrefixTrigger: { type: 'functionCall', inject } }
  }
  return {
    contextText,
    stopGenerationTriggers,
    functionCall: { initiallyEngaged: true, disengageInitiallyEngaged: [] }
  }
}

function derived(
  wrapper: ChatWrapper,
  change: (state: ChatWrapperGeneratedContextState) => ChatWrapperGeneratedContextState,
  described: ChatModelFunctions | null = null
): ChatWrapper {
  const copy: ChatWrapper = Object.create(wrapper)
  copy.generateContextState = (options) =>
    change(
      wrapper.generateContextState(
        described === null ? options : { ...options, availableFunctions: described }
      )
    )
  return copy
}

/** Where a template lets every answer begin with a thought, the thought is closed before it begins. */
function closeThought(history: ChatHistoryItem[], { settings }: ChatWrapper): void {
  const thought = settings.segments?.thought
  const last = history.at(-1)
  if (thought === undefined || last?.type !== 'model' || last.response.length > 0) return
  const { prefix } = thought
  const isOpen = typeof prefix === 'object' && 'type' in prefix && prefix.type === 'openedOnStart'
  if (!isOpen && thought.openOnResponseStart !== true) return
  last.response.push({ type: 'segment', segmentType: 'thought', text: '', ended: true })
}

function functionsOf(tools: EngineChat['tools']): ChatModelFunctions | null {
  if (tools.length === 0) return null
  const named = tools.map(({ name, description, parameters }) => {
    if (!/^\S+$/.test(name)) {
      throw new EngineError('bad-request', 'The name of a tool has a blank in it, or is empty.')
    }
    // the daemon has put the schema into the form that the binding takes (grammar-schema.ts)
    const params = parameters as { type: 'object' } | null
    return [name, { ...(description === '' ? {} : { description }), ...(params === null ? {} : { params }) }]
  })
  return Object.fromEntries(named)
}

function named(functions: ChatModelFunctions | null, name: string): ChatModelFunctions {
  const chosen = functions?.[name]
  if (chosen === undefined) {
    throw new EngineError('bad-request', 'The tool that must be called is not among the tools.')
  }
  return { [name]: chosen }
}
