import { newId } from '../../../lib/ids.ts'
import { badParameter, isRecord, type Json } from '../json-fields.ts'
import { homeportId, type IdKind } from './homeport-ids.ts'

const kinds: Readonly<Record<string, IdKind>> = {
  message: 'msg',
  reasoning: 'rs',
  function_call: 'fc',
  function_call_output: 'fco',
  custom_tool_call: 'ctc',
  custom_tool_call_output: 'ctco'
}

/** The items of `input`, each with its type. A bare text is one message of the user. Throws `bad-request`. */
export function readInputItems(input: unknown): Json[] {
  if (typeof input === 'string') {
    return [{ type: 'message', role: 'user', content: [{ type: 'input_text', text: input }] }]
  }
  if (input === undefined || input === null) return []
  if (!Array.isArray(input)) throw badParameter('input', 'must be a text or a list of items')
  return input.map((item, index) => {
    if (!isRecord(item)) throw badParameter(`input[${index}]`, 'must be an object')
    const type = item.type ?? (item.role === undefined ? 'item_reference' : 'message')
    if (typeof type !== 'string') throw badParameter(`input[${index}].type`, 'must be a text')
    return item.type === type ? item : { ...item, type }
  })
}

/** An item as it is listed again: with an id, a status, and its content in parts. */
export function toResource(item: Json): Json {
  const id = typeof item.id === 'string' ? item.id : homeportId(kinds[String(item.type)] ?? 'item', newId())
  if (item.type === 'reasoning' || item.type === 'item_reference') return { ...item, id }
  const status = item.status ?? 'completed'
  if (item.type !== 'message') return { ...item, id, status }
  const isOutput = item.role === 'assistant'
  const parts =
    typeof item.content === 'string'
      ? [{ type: isOutput ? 'output_text' : 'input_text', text: item.content }]
      : Array.isArray(item.content)
        ? item.content
        : []
  return { ...item, id, status, content: parts.map((part) => completePart(part)) }
}

function completePart(part: unknown): unknown {
  if (!isRecord(part)) return part
  if (part.type === 'output_text') return { annotations: [], logprobs: [], ...part }
  return part.type === 'input_image' ? { detail: 'auto', ...part } : part
}
