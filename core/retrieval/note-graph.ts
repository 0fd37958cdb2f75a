import type { DocumentReadRepository } from './document-read-repository.ts'
import { resolveLink } from './document-read-repository.ts'
import type { IndexGraph } from './knowledge-index.ts'

/** What a document links to, and what links to it, each once. */
export function neighboursOf(
  documents: DocumentReadRepository,
  path: string
): { to: string[]; from: string[] } {
  const to = documents.linksOf(path).flatMap(({ target }) => {
    const found = resolveLink(documents, target, path)
    return found !== null && found !== path ? [found] : []
  })
  const from = documents
    .linksToNames(path)
    .filter((link) => resolveLink(documents, link.target, link.path) === path)
    .map((link) => link.path)
  return { to: [...new Set(to)], from: [...new Set(from)] }
}

/** Documents within `depth` links of one, at most `limit` of them, nearest first. */
export function graphAround(
  documents: DocumentReadRepository,
  path: string,
  depth: number,
  limit: number
): IndexGraph {
  const distances = new Map([[path, 0]])
  const edges = new Map<string, { from: string; to: string }>()
  const links = new Map<string, number>()
  let truncated = false
  for (const [current, distance] of distances) {
    const { to, from } = neighboursOf(documents, current)
    links.set(current, to.length + from.length)
    const pairs = [
      ...to.map((end) => ({ from: current, to: end })),
      ...from.map((end) => ({ from: end, to: current }))
    ]
    for (const pair of pairs) {
      const other = pair.from === current ? pair.to : pair.from
      if (!distances.has(other)) {
        if (distance >= depth) continue
        if (distances.size >= limit) {
          truncated = true
          continue
        }
        distances.set(other, distance + 1)
      }
      edges.set(`${pair.from}\n${pair.to}`, pair)
    }
  }
  const nodes = [...distances].map(([node, distance]) => ({
    path: node,
    title: documents.title(node) ?? node,
    distance,
    links: links.get(node) ?? 0
  }))
  return { nodes, edges: [...edges.values()], truncated }
}
