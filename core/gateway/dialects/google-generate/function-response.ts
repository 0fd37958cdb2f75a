import type { ContentPart } from '../../../providers/spec/prompt.ts'
import { isRecord, type Json } from '../json-fields.ts'
import { toMediaPart } from './media.ts'
import { camelCased, listOf } from './spelling.ts'

/**
 * What a function gave back. Google's documented names are unpacked, `output` where it is a text and `error`; any other
 * object is its JSON text. Files beside it follow.
 */
export function toResultContent(functionResponse: Json): { content: ContentPart[]; isError: boolean } {
  const { response } = functionResponse
  const error = onlyMember(response, 'error')
  const text = error ?? plainOutput(response) ?? JSON.stringify(response ?? {})
  const files = listOf(functionResponse.parts).flatMap((part) => toMediaPart(camelCased(part) ?? {}) ?? [])
  return { content: [{ type: 'text', text }, ...files], isError: error !== null }
}

/** A text that would be taken for an object when it is written again stays inside its `output`. */
function plainOutput(response: unknown): string | null {
  const output = onlyMember(response, 'output')
  return output?.trimStart().startsWith('{') ? null : output
}

function onlyMember(response: unknown, name: string): string | null {
  if (!isRecord(response) || Object.keys(response).length !== 1) return null
  const value = response[name]
  return typeof value === 'string' ? value : null
}
