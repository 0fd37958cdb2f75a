import { HomeportError } from '../../../errors/homeport-error.ts'
import type { EmbedAnswer, EmbedCall } from '../../spec/operations.ts'
import { readText } from '../http.ts'
import { asArray, asCount, asObject, asText, parseJson } from '../json.ts'
import { reportedError } from '../upstream-error.ts'
import { MAX_ANSWER_BYTES, type VendorClient } from './client.ts'
import { readUsage } from './usage.ts'

/** Asks `/embeddings`. Throws `upstream-failed` for an answer that lacks one of the vectors. */
export async function embed(client: VendorClient, call: EmbedCall): Promise<EmbedAnswer> {
  const { model, inputs, dimensions, signal } = call
  const body = Buffer.from(JSON.stringify({ model, input: inputs, ...(dimensions && { dimensions }) }))
  const { response, host, key } = await client.post({ operation: 'embeddings', model, body, signal })
  const answer = asObject(parseJson(await readText(response, { host, maxBytes: MAX_ANSWER_BYTES, signal })))
  if (answer?.error) throw reportedError(host, answer, key)

  const vectors = new Array<number[] | undefined>(inputs.length)
  for (const [place, item] of asArray(answer?.data).entries()) {
    const index = asCount(asObject(item)?.index) ?? place
    const vector = asArray(asObject(item)?.embedding)
    if (index < inputs.length && vector.length > 0 && vector.every(isNumber)) vectors[index] = [...vector]
  }
  const complete = [...vectors].filter((vector) => vector !== undefined)
  if (complete.length < inputs.length) {
    throw new HomeportError(
      'upstream-failed',
      `${host} answered with something that is no list of embeddings.`
    )
  }
  return {
    vectors: complete,
    usage: readUsage(answer?.usage),
    servedModel: asText(answer?.model),
    warnings: []
  }
}

const isNumber = (value: unknown): value is number => typeof value === 'number' && Number.isFinite(value)
