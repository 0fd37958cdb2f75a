import type {
  ContentPart,
  PromptMessage,
  ReasoningPart,
  VendorSignature
} from '../../../providers/spec/prompt.ts'
import { badParameter, isRecord, type Json } from '../json-fields.ts'
import { readContent } from './content.ts'
import { writeCustomInput } from './custom-tools.ts'
import { readSignature } from './signature.ts'
import { plainName } from './tool-names.ts'

const roles: Readonly<Record<string, PromptMessage['role']>> = {
  system: 'system',
  developer: 'system',
  user: 'user',
  assistant: 'assistant'
}

/** The items of a conversation as messages: what an assistant did in one turn is one message. Throws `bad-request`. */
export function readMessages(items: readonly Json[]): PromptMessage[] {
  const messages: PromptMessage[] = []
  const add = (role: PromptMessage['role'], content: ContentPart[]): void => {
    const last = messages.at(-1)
    if (last?.role === role && (role === 'assistant' || role === 'tool')) last.content.push(...content)
    else messages.push({ role, content })
  }
  let ofNextCall: VendorSignature | null = null
  for (const [index, item] of items.entries()) {
    const place = `input[${index}]`
    switch (item.type) {
      case 'message': {
        const role =
          typeof item.role === 'string' && Object.hasOwn(roles, item.role) ? roles[item.role] : null
        if (!role) throw badParameter(`${place}.role`, 'must be user, assistant, system or developer')
        add(role, readContent(item.content, `${place}.content`))
        break
      }
      case 'reasoning': {
        const { part, callSignature } = readReasoning(item)
        ofNextCall = callSignature ?? ofNextCall
        if (part) add('assistant', [part])
        break
      }
      case 'function_call':
      case 'custom_tool_call': {
        const id = textIn(item, 'call_id', place)
        const name = plainName(item.namespace, textIn(item, 'name', place))
        const text =
          item.type === 'function_call' ? textIn(item, 'arguments', place) : writeCustomInput(item.input)
        add('assistant', [
          { type: 'tool-call', id, name, arguments: text, ...(ofNextCall && { signature: ofNextCall }) }
        ])
        ofNextCall = null
        break
      }
      case 'function_call_output':
      case 'custom_tool_call_output': {
        const content = readContent(item.output, `${place}.output`)
        const callId = textIn(item, 'call_id', place)
        add('tool', [{ type: 'tool-result', callId, content, isError: false }])
        break
      }
      case 'item_reference':
        throw badParameter(place, 'refers to an item that is not stored here')
      default:
        // what tools of OpenAI's own did
        add('assistant', [{ type: 'unsupported', kind: String(item.type) }])
    }
  }
  return messages
}

/** A signature that belongs to the call after it makes no part of its own. */
function readReasoning(item: Json): { part: ReasoningPart | null; callSignature: VendorSignature | null } {
  const text = textsOf(item.content) || textsOf(item.summary)
  const plain: ReasoningPart | null = text === '' ? null : { type: 'reasoning', text }
  const { encrypted_content: encrypted } = item
  if (typeof encrypted !== 'string' || encrypted === '') return { part: plain, callSignature: null }
  const { signature, of } = readSignature(encrypted)
  if (of === 'call') return { part: plain, callSignature: signature }
  const isRedacted = of === 'redacted' || (text === '' && signature.vendor === 'openai')
  return {
    part: { type: 'reasoning', text, signature, ...(isRedacted && { redacted: true }) },
    callSignature: null
  }
}

function textsOf(list: unknown): string {
  if (!Array.isArray(list)) return ''
  return list
    .flatMap((part) => (isRecord(part) && typeof part.text === 'string' ? part.text : []))
    .join('\n\n')
}

function textIn(item: Json, name: string, place: string): string {
  const value = item[name]
  if (typeof value !== 'string') throw badParameter(`${place}.${name}`, 'must be a text')
  return value
}
