import { HomeportError } from '../../../errors/homeport-error.ts'
import type { EmbedAnswer, EmbedCall } from '../../spec/operations.ts'
import { asArray, asCount, asObject, asText } from '../json.ts'
import { readJson } from '../upstream-call.ts'
import { reportedError } from '../upstream-error.ts'
import type { VendorClient } from './client.ts'
import { readUsage } from './usage.ts'

/** Asks `/embeddings`. Throws `upstream-failed` for an answer that lacks one of the vectors. */
export async function embed(client: VendorClient, call: EmbedCall): Promise<EmbedAnswer> {
  const { model, inputs, tokens, dimensions, signal } = call
  const input = tokens ?? inputs
  const body = Buffer.from(JSON.stringify({ model, input, ...(dimensions && { dimensions }) }))
  const reply = await client.post({ operation: 'embeddings', model, body, signal })
  const { host, key } = reply
  const { body: answer } = await readJson(reply)
  if (answer?.error) throw reportedError(host, answer, key)

  const vectors = new Array<number[] | undefined>(input.length)
  for (const [place, item] of asArray(answer?.data).entries()) {
    const index = asCount(asObject(item)?.index) ?? place
    const vector = asArray(asObject(item)?.embedding)
    if (index < input.length && vector.length > 0 && vector.every(isNumber)) vectors[index] = [...vector]
  }
  const complete = [...vectors].filter((vector) => vector !== undefined)
  if (complete.length < input.length) {
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
