import { spliceLargeJson } from '../../lib/splice-json.ts'
import type { UpstreamBytes } from '../shared/http.ts'
import type { ChatCall, ChatRequest } from '../spec/chat.ts'
import { type ModelTraits, traitsOf } from './model-traits.ts'
import type { WireBlock, WriteNotes } from './write-content.ts'
import { writeMessages } from './write-messages.ts'
import { writeOutput } from './write-output.ts'
import { writeSampling } from './write-sampling.ts'
import { writeThinking } from './write-thinking.ts'
import { writeTools } from './write-tools.ts'

/** The bytes to send, what they leave out of the request in words, and the betas they need. */
export interface RequestBody {
  bytes: UpstreamBytes
  warnings: string[]
  betas: string[]
}

/** The client's own bytes with the model's name set, or the same request written anew when there are none. */
export function writeRequest(call: ChatCall): RequestBody {
  if (call.wire?.dialect === 'anthropic-messages') return spliced(call.wire.body, call.model)
  return written(call, (request, traits, notes) => ({
    ...writePrompt(request, traits, notes),
    ...(call.stream && { stream: true })
  }))
}

/** The body of a request to count tokens, which takes less: a client's own is one if it holds no `max_tokens`. */
export function writeCountRequest(call: ChatCall): RequestBody {
  const { wire } = call
  if (wire?.dialect === 'anthropic-messages' && wire.json.max_tokens === undefined) {
    return spliced(wire.body, call.model)
  }
  return written(call, (request, traits, notes) => {
    const { messages, system, tools, tool_choice, thinking, output_config } = writePrompt(
      request,
      traits,
      notes
    )
    return { messages, system, tools, tool_choice, thinking, output_config }
  })
}

function spliced(body: Buffer, model: string): RequestBody {
  return { bytes: spliceLargeJson(body, [{ path: ['model'], value: model }]), warnings: [], betas: [] }
}

function written(
  call: ChatCall,
  write: (request: ChatRequest, traits: ModelTraits, notes: WriteNotes) => WireBlock
): RequestBody {
  const notes: WriteNotes = { warnings: new Set(), betas: new Set() }
  const body = { model: call.model, ...write(call.request(), traitsOf(call.model), notes) }
  return { bytes: Buffer.from(JSON.stringify(body)), warnings: [...notes.warnings], betas: [...notes.betas] }
}

/** What the API has no parameter for, by the names clients know. */
const unknownHere = [
  ['minP', 'min_p'],
  ['frequencyPenalty', 'frequency_penalty'],
  ['presencePenalty', 'presence_penalty'],
  ['seed', 'seed'],
  ['logprobs', 'logprobs']
] as const

function writePrompt(request: ChatRequest, traits: ModelTraits, notes: WriteNotes): WireBlock {
  for (const name of request.unmapped) notes.warnings.add(`${name} was dropped`)
  for (const [field, name] of unknownHere) {
    if (request[field] !== undefined) notes.warnings.add(`${name} was dropped`)
  }
  const { system, messages } = writeMessages(request.messages, notes)
  const { format, instruction } = writeOutput(request.output, traits, notes)
  const { maxTokens, thinking, effort } = writeThinking(request, traits, notes)
  const stop = writeStop(request.stop, notes)
  if (instruction !== undefined) system.push({ type: 'text', text: instruction })
  return {
    max_tokens: maxTokens,
    ...(system.length > 0 && { system }),
    messages,
    ...writeTools(request, traits, notes),
    ...(thinking && { thinking }),
    ...((effort !== undefined || format) && { output_config: { effort, format } }),
    ...writeSampling(request, traits, thinking?.type === 'enabled', notes),
    ...(stop.length > 0 && { stop_sequences: stop }),
    ...(request.user !== undefined && { metadata: { user_id: request.user } })
  }
}

/** The API refuses sequences of nothing but white space. */
function writeStop(stop: readonly string[] = [], { warnings }: WriteNotes): string[] {
  const usable = stop.filter((text) => text.trim() !== '')
  if (usable.length < stop.length) warnings.add('stop of white space only was dropped')
  return usable
}
