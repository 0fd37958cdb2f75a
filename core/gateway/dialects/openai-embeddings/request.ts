import { HomeportError } from '../../../errors/homeport-error.ts'
import {
  badParameter,
  checkNumbers,
  type Json,
  type NumberRange,
  readModelName,
  whole
} from '../json-fields.ts'

export interface EmbeddingsParameters {
  model: string
  inputs: string[]
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
    inputs: readInputs(body.input, 'input'),
    dimensions: typeof dimensions === 'number' ? dimensions : null,
    encoding: encoding === 'base64' ? 'base64' : 'float',
    unmapped: Object.keys(body).filter((name) => !known.has(name) && body[name] !== null)
  }
}

/** One text or a list of them. Throws `bad-request`, for tokens in place of texts too. */
export function readInputs(input: unknown, name: string): string[] {
  const list: unknown[] = Array.isArray(input) ? input : [input]
  if (list.length === 0) throw badParameter(name, 'must have at least one text')
  if (list.length > maxInputs) throw badParameter(name, `must have at most ${maxInputs} texts`)
  if (list.some((item) => typeof item === 'number' || Array.isArray(item))) throw tokensInPlaceOfText(name)
  return list.map((text) => {
    if (typeof text !== 'string') throw badParameter(name, 'must be a text or a list of texts')
    if (text === '') throw badParameter(name, 'must hold texts that are not empty')
    return text
  })
}

/** A token's number means something else to every model, and which model answers is decided here. */
function tokensInPlaceOfText(name: string): HomeportError {
  return new HomeportError('bad-request', `"${name}" must hold text: Homeport takes no token arrays.`, {
    action: 'Send the texts themselves (in LangChain, set check_embedding_ctx_length=False).',
    param: name
  })
}
