import { BUILT_IN_EMBEDDER } from '../../contract/knowledge.ts'
import type { Embedder } from '../embedder.ts'
import { readWordVectors } from './word-vectors.ts'

/** The embedder that needs no download: English word vectors, 0.02 ms a text. */
export function openBuiltInEmbedder(): Embedder {
  // three folders up from core/retrieval/embedders/, two from the built out/main/
  const up = import.meta.url.endsWith('.ts') ? '../../..' : '../..'
  const vectors = readWordVectors(new URL(`${up}/resources/embedder/static-60k-156.bin`, import.meta.url))
  const { dimensions } = vectors
  return {
    id: `${BUILT_IN_EMBEDDER}/static-60k-156`,
    dimensions,
    weight: 0.5,
    batch: 1000,
    async embed(texts) {
      const all = new Float32Array(texts.length * dimensions)
      texts.forEach((text, i) => {
        vectors.embed(text, all, i * dimensions)
      })
      return texts.map((_, i) => all.subarray(i * dimensions, (i + 1) * dimensions))
    }
  }
}
