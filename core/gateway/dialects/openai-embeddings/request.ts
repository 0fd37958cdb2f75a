import type { EmbedCall } from '../../../providers/spec/operations.ts'
import {
  badParameter,
  checkNumbers,
  type Json,
  type NumberRange,
  readModelName,
  whole
} from '../json-fields.ts'

export interface EmbeddingsParameters extends Pick<EmbedCall, 'inputs' | 'tokens'> {
  model: string
  dimensions: number | null
  encoding: 'float' | 'base64'
  /** What has no place above, by its wire name. */
  unmapped: string[]
}

const known: ReadonlySet<string> = new Set(['model', 'input', 'dimensions', 'encoding_format'])
/** OpenAI's own bound of one request. */
const maxInputs = 2048
const ranges: Readonly<Record<string, NumberRange>> = { dimensions: whole(1, 65_536) }

/** A request of https://platform.openai.com/docs/api-reference/embeddings/create. Throws `bad-request`. */
export function readEmbeddings(body: Json): EmbeddingsParameters {
  const model = readModelName(body.model)
  checkNumbers(body, ranges)
  const { encoding_format: encoding, dimensions } = body
  if (encoding !== undefined && encoding !== null && encoding !== 'float' && encoding !== 'base64') {
    throw badParameter('encoding_format', 'must be float or base64')
  }
  return {
    model,
    ...readInput(body.input),
    dimensions: typeof dimensions === 'number' ? dimensions : null,
    encoding: encoding === 'base64' ? 'base64' : 'float',
    unmapped: Object.keys(body).filter((name) => !known.has(name) && body[name] !== null)
  }
}

/** One text or one list of tokens, or several of either. */
function readInput(input: unknown): Pick<EmbedCall, 'inputs' | 'tokens'> {
  const [first] = Array.isArray(input) ? input : []
  if (typeof first === 'number') return { inputs: [], tokens: readTokens([input]) }
  if (Array.isArray(input) && Array.isArray(first)) return { inputs: [], tokens: readTokens(input) }
  return { inputs: readInputs(input, 'input') }
}

function readTokens(lists: unknown[]): number[][] {
  if (lists.length > maxInputs) throw badParameter('input', `must have at most ${maxInputs} lists of tokens`)
  return lists.map((list) => {
    if (!Array.isArray(list) || list.length === 0 || !list.every(isToken)) {
      throw badParameter('input', 'must hold lists of tokens that are not empty, or texts')
    }
    return list
  })
}

const isToken = (item: unknown): item is number =>
  typeof item === 'number' && Number.isSafeInteger(item) && item >= 0

/** One text or a list of them. Throws `bad-request`. */
export function readInputs(input: unknown, name: string): string[] {
  const list: unknown[] = Array.isArray(input) ? input : [input]
  if (list.length === 0) throw badParameter(name, 'must have at least one text')
  if (list.length > maxInputs) throw badParameter(name, `must have at most ${maxInputs} texts`)
  return list.map((text) => {
    if (typeof text !== 'string') throw badParameter(name, 'must be a text or a list of texts')
    if (text === '') throw badParameter(name, 'must hold texts that are not empty')
    return text
  })
}
