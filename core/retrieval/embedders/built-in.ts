import { BUILT_IN_EMBEDDER } from '../../contract/knowledge.ts'
import type { Embedder } from '../embedder.ts'
import { readWordVectors } from './word-vectors.ts'

/** The embedder that needs no download: English word vectors, 0.02 ms a text. */
export function openBuiltInEmbedder(): Embedder {
  // three folders up from core/retrieval/embedders/, two from the built out/main/
  const up = import.meta.url.endsWith('.ts') ? '../../..' : '../..'
  const vectors = readWordVectors(new URL(`${up}/resources/embedder/static-60k-156.bin`, import.meta.url))
  const { dimensions } = vectors
  const embedSync = (texts: readonly string[]): Float32Array[] => {
    const all = new Float32Array(texts.length * dimensions)
    return texts.map((text, index) => {
      vectors.embed(text, all, index * dimensions)
      return all.subarray(index * dimensions, (index + 1) * dimensions)
    })
  }
  return {
    id: `${BUILT_IN_EMBEDDER}/static-60k-156`,
    dimensions,
    weight: 0.5,
    batch: 1000,
    embed: async (texts) => embedSync(texts),
    embedSync
  }
}
