import type { RawAnswer, RawCall } from '../../spec/operations.ts'
import { asObject, asText, parseJson } from '../json.ts'
import type { VendorClient } from './client.ts'
import { usefulHeaders } from './headers.ts'

/** Hands a request of OpenAI's API on as it is, and the bytes of its answer back. */
export async function raw(client: VendorClient, call: RawCall): Promise<RawAnswer> {
  const { operation, body, contentType, signal } = call
  const model = contentType.startsWith('application/json') ? modelIn(body) : null
  const { response } = await client.post({ operation, model, body, contentType, accept: '*/*', signal })
  return {
    headers: usefulHeaders(response.headers),
    contentType: response.headers['content-type'] ?? 'application/octet-stream',
    body: response.body.stream()
  }
}

const modelIn = (body: Buffer): string | null => asText(asObject(parseJson(body.toString('utf8')))?.model)
