import type { ExactVectorRepository } from './exact-vector-repository.ts'
import { dot, unit } from './quantize.ts'
import type { VectorReads } from './vector-reads.ts'

export const createExactReader = (repository: () => ExactVectorRepository): VectorReads => ({
  search(_, query, k, allowed) {
    const direction = unit(query)
    return direction ? repository().search(direction, k, allowed) : []
  },
  scores(_, query, ids) {
    const direction = unit(query)
    return ids.map((id) => {
      const vector = direction && repository().get(id)
      return direction && vector ? dot(direction, vector) : null
    })
  },
  vectors: (_, ids) => ids.map((id) => repository().get(id))
})
