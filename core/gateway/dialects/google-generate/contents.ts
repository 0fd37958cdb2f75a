import type {
  ContentPart,
  PromptMessage,
  ToolCallPart,
  ToolResultPart,
  VendorSignature
} from '../../../providers/spec/prompt.ts'
import { badParameter, type Json } from '../json-fields.ts'
import { CallIds } from './call-ids.ts'
import { toResultContent } from './function-response.ts'
import { toMediaPart } from './media.ts'
import { camelCased, listOf, textOf } from './spelling.ts'

/** Members of a part that have no neutral place, though its content does. */
const besides = ['videoMetadata', 'mediaResolution', 'partMetadata', 'mediaProcessing', 'speechMetadata']

/**
 * `contents` as messages: what functions gave back becomes messages of the role `tool`, in the place where it stood. Names
 * of what has no place go into `unmapped`. Throws `bad-request`.
 */
export function toMessages(contents: unknown, unmapped: Set<string>): PromptMessage[] {
  const ids = new CallIds()
  return listOf(contents).flatMap((value, index) => {
    const content = camelCased(value) ?? {}
    const role = toRole(content.role, index)
    const parts = listOf(content.parts).flatMap((part) => toPart(camelCased(part), role, ids, unmapped))
    return role === 'assistant' ? [{ role, content: parts }] : inMessages(parts)
  })
}

/** `systemInstruction`: a content, its parts, or just a text. */
export function toSystemMessages(instruction: unknown, unmapped: Set<string>): PromptMessage[] {
  if (typeof instruction === 'string')
    return [{ role: 'system', content: [{ type: 'text', text: instruction }] }]
  const content = camelCased(instruction)
  if (!content) return []
  const ids = new CallIds()
  const list = content.parts === undefined ? [content] : listOf(content.parts)
  const parts = list.flatMap((part) => toPart(camelCased(part), 'user', ids, unmapped))
  return parts.length === 0 ? [] : [{ role: 'system', content: parts }]
}

function toRole(role: unknown, index: number): 'user' | 'assistant' {
  if (role === 'model') return 'assistant'
  // `function` is how older clients send what functions gave back
  if (role === undefined || role === null || role === '' || role === 'user' || role === 'function')
    return 'user'
  throw badParameter(`contents[${index}].role`, 'must be "user" or "model"')
}

/** Results of tools in messages of their own, all parts in their order. */
function inMessages(parts: readonly ContentPart[]): PromptMessage[] {
  const messages: PromptMessage[] = []
  for (const part of parts) {
    const role = part.type === 'tool-result' ? 'tool' : 'user'
    const last = messages.at(-1)
    if (last?.role === role) last.content.push(part)
    else messages.push({ role, content: [part] })
  }
  return messages
}

function toPart(
  part: Json | null,
  role: 'user' | 'assistant',
  ids: CallIds,
  unmapped: Set<string>
): ContentPart[] {
  if (!part) return []
  for (const name of besides) if (part[name] !== undefined) unmapped.add(name)
  const signature = toSignature(part.thoughtSignature)
  const call = camelCased(part.functionCall)
  if (call) return [toCall(call, signature, ids)]
  const response = camelCased(part.functionResponse)
  if (response) return [toResult(response, ids)]
  if (typeof part.text === 'string') return toText(part.text, part.thought === true, signature)
  const media = toMediaPart(part)
  // a picture that a model signed: the neutral form has the signature follow it
  if (media) return signature && role === 'assistant' ? [media, sealed(signature)] : [media]
  const kind = Object.keys(part).find((name) => name !== 'thoughtSignature' && name !== 'thought')
  return kind === undefined ? [] : [{ type: 'unsupported', kind }]
}

function toText(text: string, isThought: boolean, signature: VendorSignature | null): ContentPart[] {
  if (text === '') return signature ? [sealed(signature)] : []
  return [{ type: isThought ? 'reasoning' : 'text', text, ...(signature && { signature }) }]
}

/** A signature alone: what it stands for is not shown. */
const sealed = (signature: VendorSignature): ContentPart => ({
  type: 'reasoning',
  text: '',
  redacted: true,
  signature
})

function toSignature(value: unknown): VendorSignature | null {
  const signature = textOf(value)
  return signature === null ? null : { vendor: 'google', value: signature }
}

function toCall(call: Json, signature: VendorSignature | null, ids: CallIds): ToolCallPart {
  const name = textOf(call.name)
  if (name === null) throw badParameter('functionCall.name', 'must name a function')
  return {
    type: 'tool-call',
    id: ids.ofCall(name, textOf(call.id)),
    name,
    arguments: JSON.stringify(call.args ?? {}),
    ...(signature && { signature })
  }
}

function toResult(response: Json, ids: CallIds): ToolResultPart {
  const name = textOf(response.name)
  if (name === null) throw badParameter('functionResponse.name', 'must name a function')
  return {
    type: 'tool-result',
    callId: ids.ofResult(name, textOf(response.id)),
    name,
    ...toResultContent(response)
  }
}
