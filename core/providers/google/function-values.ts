import { asArray, asObject, type JsonObject, parseJson } from '../shared/json.ts'
import type { ContentPart, ToolResultPart } from '../spec/prompt.ts'
import { isGemini3 } from './generation.ts'
import { writeMedia } from './media.ts'
import type { ContentTarget } from './target.ts'

/**
 * A call's arguments as the object that Gemini's wire holds. Text that is no JSON object (a model's slip that stands in the
 * conversation) is kept under `malformed_arguments`.
 */
export function writeFunctionArgs(text: string): JsonObject {
  if (text.trim() === '') return {}
  return asObject(parseJson(text)) ?? { malformed_arguments: text }
}

/**
 * What a function gave back: a JSON object as it is, other text as `output`, a failure as `error`, which are the names that
 * Google documents. Pictures and documents go into it where the model reads them there (since Gemini 3), else `after` it.
 */
export function writeFunctionResponse(
  { content, isError }: ToolResultPart,
  target: ContentTarget,
  warnings: string[]
): { response: JsonObject; after: JsonObject[] } {
  const text = content.flatMap((part) => (part.type === 'text' ? [part.text] : [])).join('\n')
  const inside: JsonObject[] = []
  const after: JsonObject[] = []
  for (const part of content) {
    if (part.type === 'image' || part.type === 'document' || part.type === 'audio') {
      const media = writeMedia(part.source, part.type, target.filesUrl)
      const isReadInside = 'inlineData' in media && part.type !== 'audio' && isGemini3(target.model)
      const place = isReadInside ? inside : after
      place.push(media)
    } else if (part.type !== 'text') warnings.push(`tool result content of type ${kindOf(part)} was dropped`)
  }
  const response = isError ? { error: text } : (plainObject(text) ?? { output: text })
  return { response: { response, ...(inside.length > 0 && { parts: inside }) }, after }
}

const kindOf = (part: ContentPart): string => (part.type === 'unsupported' ? part.kind : part.type)

/** Google takes a `$ref` anywhere in a response for the name of a file beside it: such a result is sent as text. */
function plainObject(text: string): JsonObject | null {
  if (!text.trimStart().startsWith('{')) return null
  const object = asObject(parseJson(text))
  return object && !holdsRef(object) ? object : null
}

function holdsRef(value: unknown): boolean {
  if (Array.isArray(value)) return asArray(value).some(holdsRef)
  const object = asObject(value)
  return object !== null && ('$ref' in object || Object.values(object).some(holdsRef))
}
