import type { Usage } from '../../../contract/usage.ts'
import type { EmbeddingsParameters } from './request.ts'

/** The answer object of OpenAI's embeddings. Counts that nobody gave are 0, as the dialect demands them. */
export function embeddingsBody(
  vectors: readonly number[][],
  { model, usage, encoding }: { model: string; usage: Usage | null } & Pick<EmbeddingsParameters, 'encoding'>
) {
  const tokens = usage?.input.total ?? 0
  return {
    object: 'list',
    data: vectors.map((vector, index) => ({
      object: 'embedding',
      index,
      embedding: encoding === 'base64' ? toBase64(vector) : vector
    })),
    model,
    usage: { prompt_tokens: tokens, total_tokens: tokens }
  }
}

/** 32-bit floats, little-endian, as the official SDKs ask for and decode. */
export function toBase64(vector: readonly number[]): string {
  const bytes = Buffer.allocUnsafe(vector.length * 4)
  for (let at = 0; at < vector.length; at++) bytes.writeFloatLE(vector[at] ?? 0, at * 4)
  return bytes.toString('base64')
}
