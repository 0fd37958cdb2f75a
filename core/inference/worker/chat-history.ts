import { type ChatHistoryItem, type ChatModelFunctionCall, type ChatWrapper, LlamaText } from 'node-llama-cpp'
import type { EngineMessage } from '../../contract/engine-frames.ts'

type ModelResponse = Extract<ChatHistoryItem, { type: 'model' }>['response']
type ToolCall = Extract<EngineMessage, { role: 'assistant' }>['toolCalls'][number]

const ARGUMENTS = '@arguments@'

/**
 * Messages in the binding's form, ending with the answer to be written. A call and its result are one there, and all that
 * an assistant does between two messages of the user is one response.
 *
 * Text stays text: special tokens written in it have no power, because only the template's own are parsed.
 */
export function toChatHistory(messages: readonly EngineMessage[], wrapper: ChatWrapper): ChatHistoryItem[] {
  const results = new Map<string, string>()
  for (const message of messages) if (message.role === 'tool') results.set(message.callId, message.text)

  const history: ChatHistoryItem[] = []
  for (const message of messages) {
    if (message.role === 'tool') continue
    if (message.role !== 'assistant') {
      history.push({ type: message.role, text: message.text })
      continue
    }
    const response = openResponse(history)
    if (message.text !== '') response.push(message.text)
    for (const [index, call] of message.toolCalls.entries()) {
      response.push(functionCall(call, results.get(call.id), index === 0, wrapper))
    }
  }
  if (goesOn(messages)) openResponse(history)
  else history.push({ type: 'model', response: [] })
  return history
}

/** After tools have answered, the response that called them goes on. */
const goesOn = (messages: readonly EngineMessage[]): boolean => messages.at(-1)?.role === 'tool'

function openResponse(history: ChatHistoryItem[]): ModelResponse {
  const last = history.at(-1)
  if (last?.type === 'model' && last.response.some((part) => typeof part !== 'string')) return last.response
  const response: ModelResponse = []
  history.push({ type: 'model', response })
  return response
}

function functionCall(
  { name, arguments: text }: ToolCall,
  result: string | undefined,
  startsNewChunk: boolean,
  wrapper: ChatWrapper
): ChatModelFunctionCall {
  const rawCall = rawCallOf(name, text, wrapper)
  return {
    type: 'functionCall',
    name,
    params: parsed(text),
    result: result === undefined ? 'no result' : parsed(result),
    startsNewChunk,
    ...(rawCall === null ? {} : { rawCall: rawCall.toJSON() })
  }
}

/** The call in the letters it was written in, so that the sequence that wrote it knows it again. */
function rawCallOf(name: string, text: string, wrapper: ChatWrapper): LlamaText | null {
  if (text === '') return null
  const dumped = JSON.stringify(ARGUMENTS)
  const call = LlamaText(wrapper.generateFunctionCall(name, ARGUMENTS))
  const places = call.values.filter((value) => typeof value === 'string' && value.includes(dumped))
  if (places.length !== 1) return null
  return call.mapValues((value) => (typeof value === 'string' ? value.replace(dumped, () => text) : value))
}

/** What is JSON goes to the template as what it is; what is not, as text. */
function parsed(text: string): unknown {
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === 'object' && value !== null ? value : text
  } catch {
    return text
  }
}
