import { type ChatWrapper, LlamaChat, type LlamaChatResponse, type LlamaGrammar } from 'node-llama-cpp'
import type { EngineChat, FromEngine } from '../../contract/engine-frames.ts'
import type { Usage } from '../../contract/usage.ts'
import { ChatEvaluation } from './chat-evaluation.ts'
import { LogprobLog, type Logprobs } from './chat-logprobs.ts'
import { ContextEnd, contextEnds } from './chat-memory.ts'
import { RESERVED_TOKENS } from './chat-overflow.ts'
import { samplingOf } from './chat-sampling.ts'
import type { ChatSequence } from './chat-sequences.ts'
import type { ChatPrompt } from './chat-template.ts'
import { type ToolCallHooks, ToolCallStream } from './chat-tool-calls.ts'

export interface AnswerHooks extends ToolCallHooks {
  onDelta(text: string, reasoning: string): void
  onLogprobs(tokens: Logprobs): void
  /** Aborting ends the answer after the token that is being computed. */
  signal: AbortSignal
}
type EndFrame = Extract<FromEngine, { type: 'end' }>
export type ChatEnd = Pick<EndFrame, 'finish' | 'stopSequence' | 'usage' | 'timings'>

type Stop = LlamaChatResponse['metadata']

/** Calls in one answer: a model that does not know when to end would go on for ever. */
const MOST_CALLS = 16

/** Writes one answer on a sequence. Resolves for an answer that was cut off, too; rejects where the engine fails. */
export async function writeAnswer(
  chatSequence: ChatSequence,
  chat: EngineChat,
  prompt: ChatPrompt & { wrapper: ChatWrapper },
  grammar: LlamaGrammar | null,
  hooks: AnswerHooks
): Promise<ChatEnd> {
  const { sequence } = chatSequence
  const { signal } = hooks
  const sampling = samplingOf(chat)
  const logprobs = chat.logprobs === null ? null : new LogprobLog(sequence.model, chat.logprobs.top)
  const evaluation = new ChatEvaluation(chatSequence, { sampling, logprobs, signal })
  const calls = new ToolCallStream(hooks)
  const room = sequence.contextSize - prompt.tokens.length - RESERVED_TOKENS
  let reasoningTokens = 0

  const end = (finish: ChatEnd['finish'], stopSequence: string | null = null): ChatEnd => {
    const { promptTokens, heldTokens, outputTokens, promptMs, outputMs } = evaluation.figures
    const usage = usageOf(promptTokens ?? prompt.tokens.length, heldTokens, outputTokens, reasoningTokens)
    return { finish, stopSequence, usage, timings: { promptMs, outputMs } }
  }

  const llamaChat = new LlamaChat({ contextSequence: sequence, chatWrapper: prompt.wrapper })
  try {
    const { metadata } = await llamaChat.generateResponse(prompt.history, {
      ...sampling,
      signal,
      stopOnAbortSignal: true,
      // never past the end of the context: there the binding would begin to forget messages
      maxTokens: Math.min(chat.maxTokens ?? room, room),
      contextShift: { size: contextEnds },
      customStopTriggers: chat.stop,
      budgets: {
        thoughtTokens: prompt.canThink ? (chat.reasoningTokens ?? Number.POSITIVE_INFINITY) : 0,
        commentTokens: Number.POSITIVE_INFINITY
      },
      ...(grammar === null ? toolOptions(chat, prompt, calls) : { grammar }),
      onResponseChunk({ type, text, tokens }) {
        const isReasoning = type === 'segment'
        if (isReasoning) reasoningTokens += tokens.length
        const taken = logprobs?.take(tokens) ?? []
        if (text !== '') hooks.onDelta(isReasoning ? '' : text, isReasoning ? text : '')
        if (!isReasoning && taken.length > 0) hooks.onLogprobs(taken)
      }
    })
    return end(finishOf(metadata), stopSequenceOf(metadata))
  } catch (error) {
    if (signal.aborted) return end('cancelled')
    if (error instanceof ContextEnd) return end('length')
    // whatever is in the sequence now is no base for another answer
    await sequence.clearHistory()
    throw error
  } finally {
    llamaChat.dispose()
  }
}

function toolOptions({ parallelToolCalls }: EngineChat, { functions }: ChatPrompt, calls: ToolCallStream) {
  if (functions === null) return {}
  return {
    functions,
    documentFunctionParams: true,
    maxParallelFunctionCalls: parallelToolCalls ? MOST_CALLS : 1,
    onFunctionCallParamsChunk: calls.onChunk.bind(calls),
    onFunctionCall: ({ functionName }: { functionName: string }) => calls.onComplete(functionName)
  }
}

function finishOf({ stopReason }: Stop): ChatEnd['finish'] {
  switch (stopReason) {
    case 'abort':
      return 'cancelled'
    case 'functionCalls':
      return 'tool-calls'
    case 'maxTokens':
      return 'length'
    default:
      return 'stop'
  }
}

function stopSequenceOf(stop: Stop): string | null {
  return stop.stopReason === 'customStopTrigger' ? stop.customStopTrigger.join('') : null
}

function usageOf(prompt: number, held: number, output: number, reasoning: number): Usage {
  return {
    input: { total: prompt, noCache: prompt - held, cacheRead: held, cacheWrite5m: 0, cacheWrite1h: 0 },
    output: { total: output, text: Math.max(0, output - reasoning), reasoning: Math.min(reasoning, output) }
  }
}
