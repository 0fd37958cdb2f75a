import type { SourceReport } from '../contract/knowledge.ts'
import { lineHash } from './searched-text.ts'
import type { ReportDocument, SourceReportRepository } from './source-report-repository.ts'

/** Entries of each list. */
const MOST = 200
const STALE_MS = 365 * 86_400_000
/** Of the lines of both. */
const SIMILAR = 0.8
/** Notes of a few lines are alike by chance. */
const FEWEST_LINES = 5
/** A line of more documents says nothing about two of them. */
const MOST_SHARING = 10
const MOST_BOILERPLATE = 20

/** What a source is like as a whole. @param now milliseconds UTC */
export function sourceReport(repository: SourceReportRepository, now: number): SourceReport {
  const documents = [...repository.eachDocument()]
  const same = repository.sameFiles(MOST)
  const alike = similarPairs(documents, new Set(same.flat()))
  return {
    byKind: repository.byKind(),
    withoutText: repository.withoutText(),
    orphans: repository.orphans(MOST),
    unresolvedLinks: repository.unresolvedLinks(MOST),
    duplicates: [
      ...same.map((paths) => ({ paths, likeness: 1, kind: 'same' as const })),
      ...alike.map((pair) => ({ ...pair, kind: 'similar' as const }))
    ].slice(0, MOST),
    stale: repository.stale(now - STALE_MS, MOST),
    boilerplate: boilerplate(documents, repository)
  }
}

/** Pairs that share most of their lines, most alike first. */
function similarPairs(
  documents: readonly ReportDocument[],
  known: ReadonlySet<string>
): { paths: string[]; likeness: number }[] {
  const own = documents
    .filter(({ path }) => !known.has(path))
    .map(({ path, lines, leftOut }) => ({ path, lines: lines.filter((line) => !leftOut.includes(line)) }))
    .filter(({ lines }) => lines.length >= FEWEST_LINES)
  const byLine = new Map<number, number[]>()
  for (const [index, { lines }] of own.entries())
    for (const line of lines) {
      const holders = byLine.get(line)
      if (holders) holders.push(index)
      else byLine.set(line, [index])
    }
  return own
    .flatMap(({ path, lines }, index) => {
      const shared = new Map<number, number>()
      for (const line of lines) {
        const holders = byLine.get(line) ?? []
        if (holders.length > MOST_SHARING) continue
        for (const other of holders) if (other > index) shared.set(other, (shared.get(other) ?? 0) + 1)
      }
      return [...shared].flatMap(([other, count]) => {
        const second = own[other]
        if (!second) return []
        const likeness = count / (lines.length + second.lines.length - count)
        return likeness >= SIMILAR ? [{ paths: [path, second.path], likeness }] : []
      })
    })
    .sort((a, b) => b.likeness - a.likeness)
}

/** Lines that are left out of the search, in words. */
function boilerplate(
  documents: readonly ReportDocument[],
  repository: SourceReportRepository
): SourceReport['boilerplate'] {
  const holders = new Map<number, { path: string; documents: number }>()
  for (const { path, leftOut } of documents)
    for (const line of leftOut) {
      const known = holders.get(line)
      if (known) known.documents += 1
      else holders.set(line, { path, documents: 1 })
    }
  return [...holders]
    .sort(([, a], [, b]) => b.documents - a.documents)
    .slice(0, MOST_BOILERPLATE)
    .flatMap(([hash, { path, documents: count }]) => {
      const lines = repository.textsOf(path).flatMap((text) => text.split('\n'))
      const text = lines.find((line) => lineHash(line) === hash)
      return text === undefined ? [] : [{ text: text.trim(), documents: count }]
    })
}
