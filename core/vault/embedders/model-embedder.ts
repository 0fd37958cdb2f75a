import { HomeportError } from '../../errors/homeport-error.ts'
import type { Embedder } from '../../retrieval/embedder.ts'
import { type AskAgainOptions, askAgain } from './ask-again.ts'
import { inRequests } from './embedding-requests.ts'
import { normalized } from './normalize.ts'

/** Texts whose vectors a model is asked for. */
export interface VectorRequest {
  /** `provider/model`. */
  model: string
  texts: readonly string[]
  purpose: 'query' | 'document'
  signal: AbortSignal
}

/**
 * One vector for each text, in their order: of its beginning where it is too long for the model, null where the model will
 * not take it. Whoever makes it sees to it that the call is recorded and paid for. Throws a HomeportError where the model
 * refuses or cannot be reached.
 */
export type AskForVectors = (request: VectorRequest) => Promise<(number[] | null)[]>

export interface ModelEmbedderOptions {
  ask: AskForVectors
  /** `provider/model`. */
  model: string
  /** As `probeDimensions` found them when the model was chosen. */
  dimensions: number
  /** It runs here: one request at a time, and smaller ones. */
  onDevice: boolean
  waiting?: AskAgainOptions
}

/** A sentence encoder's nearness counts as much as words do. */
const WEIGHT = 1
/** Requests under way at once to a server. */
const PARALLEL = 4
const TEXTS_OF_A_REQUEST = 64
const TEXTS_ON_DEVICE = 16

/** What vectors of a model are kept under: another model, or another length, is another identity. */
export const modelEmbedderId = (model: string, dimensions: number): string => `${model}@${dimensions}`

/** Reads what `modelEmbedderId` wrote; null for the id of an embedder that is no model. */
export function readModelEmbedderId(id: string): { model: string; dimensions: number } | null {
  const [, model, dimensions] = /^(.+\/.+)@([1-9]\d{0,4})$/.exec(id) ?? []
  return model === undefined ? null : { model, dimensions: Number(dimensions) }
}

/**
 * An embedder whose vectors a model makes, on this machine or elsewhere. Documents wait for a server that is busy; a query
 * does not, since words find something at once. Throws `upstream-failed` for vectors of another length than those before.
 */
export function createModelEmbedder(options: ModelEmbedderOptions): Embedder {
  const { ask, model, dimensions, onDevice, waiting } = options
  const texts = onDevice ? TEXTS_ON_DEVICE : TEXTS_OF_A_REQUEST

  const request = async (
    part: readonly string[],
    purpose: VectorRequest['purpose'],
    signal: AbortSignal
  ): Promise<Float32Array[]> => {
    const askOnce = () => ask({ model, texts: part, purpose, signal })
    const vectors = await (purpose === 'query' ? askOnce() : askAgain(askOnce, signal, waiting))
    return vectors.map((vector) => vectorOf(vector, options))
  }

  return {
    id: modelEmbedderId(model, dimensions),
    dimensions,
    weight: WEIGHT,
    batch: onDevice ? TEXTS_ON_DEVICE : TEXTS_OF_A_REQUEST * PARALLEL,
    embed: (all, purpose, signal) =>
      inRequests(all, { texts, parallel: onDevice ? 1 : PARALLEL, dimensions }, (part) =>
        request(part, purpose, signal)
      )
  }
}

/** How long the vectors of a model are. Asks it, once. Throws as `AskForVectors` does, and where it gives none. */
export async function probeDimensions(
  ask: AskForVectors,
  model: string,
  signal: AbortSignal
): Promise<number> {
  const [vector] = await ask({ model, texts: ['How long is a vector?'], purpose: 'query', signal })
  if (!vector || vector.length === 0) throw noVectors(model)
  return vector.length
}

function vectorOf(vector: number[] | null, { model, dimensions }: ModelEmbedderOptions): Float32Array {
  if (vector === null) return new Float32Array(dimensions)
  if (vector.length !== dimensions) throw otherLength(model, vector.length, dimensions)
  const unit = normalized(vector)
  if (!unit) throw noVectors(model)
  return unit
}

const otherLength = (model: string, length: number, expected: number): HomeportError =>
  new HomeportError(
    'upstream-failed',
    `${model} gave vectors of ${length} numbers; they had ${expected} before.`,
    {
      action: 'Choose the embedder of this source again: it is then indexed anew.'
    }
  )

const noVectors = (model: string): HomeportError =>
  new HomeportError('upstream-failed', `${model} answered without usable vectors.`, {
    action: 'Choose a model that is made for embeddings.'
  })
