import { join } from 'node:path'
import type { SearchAnswer, SearchHit } from '../../contract/knowledge.ts'
import { HomeportError, isAbort } from '../../errors/homeport-error.ts'
import type { IndexSearchAnswer } from '../../retrieval/knowledge-index.ts'
import type { KnowledgeQuestion } from '../knowledge.ts'
import type { SourceRecord } from '../sources/source-record.ts'
import { mergeAnswers, type SourceAnswer } from './merge-answers.ts'
import { hitOf } from './passages.ts'
import { type SourceScope, scopesOf } from './scopes.ts'
import type { OpenIndex } from './search-calls.ts'
import type { SearchWorker } from './search-worker.ts'

export interface SourceSearchOptions {
  worker: Pick<SearchWorker, 'search'>
  sources(): SourceRecord[]
  indexOf(source: SourceRecord): OpenIndex
}

export interface SourcesQuestion extends KnowledgeQuestion {
  /** The same in other words. */
  alternatives: readonly string[]
}

/** Finds passages in every source that the question's scopes mean, and puts them in one order. */
export async function searchSources(
  { worker, sources, indexOf }: SourceSearchOptions,
  question: SourcesQuestion,
  signal: AbortSignal
): Promise<SearchAnswer> {
  const began = performance.now()
  const all = sources()
  const problems: SearchAnswer['problems'] = []
  const ask = async (scope: SourceScope): Promise<SourceAnswer<SourceRecord>[]> => {
    const source = all.find(({ id }) => id === scope.sourceId)
    if (!source) return []
    try {
      const answer = await worker.search(indexOf(source), requestOf(question, scope), signal)
      return answer ? [{ source, answer }] : []
    } catch (error) {
      if (isAbort(error) || signal.aborted) throw error
      const message = error instanceof HomeportError ? error.message : 'It could not be searched'
      problems.push({ sourceId: source.id, message })
      return []
    }
  }
  const scopes = scopesOf(
    question.scopes,
    all.map(({ id }) => id)
  )
  const answers = (await Promise.all(scopes.map(ask))).flat()
  const hits = eachOnce(
    mergeAnswers(answers).map((found) => ({ folder: found.source.folder, hit: hitOf(found.source, found) }))
  )
  return {
    hits: hits.slice(0, question.limit),
    understood: answers[0]?.answer.understood ?? nothingUnderstood,
    belowFloor: hits.length === 0 && answers.some(({ answer }) => answer.belowFloor),
    problems,
    tookMs: performance.now() - began
  }
}

const requestOf = (
  { text, alternatives, limit, kind, from, until, typing }: SourcesQuestion,
  { folder, tag }: SourceScope
) => ({
  ...{ text, alternatives, limit, typing: typing ?? false, now: Date.now() },
  filter: {
    ...(folder !== undefined && { folders: [folder] }),
    ...(tag !== undefined && { tags: [tag] }),
    ...(kind !== undefined && { kind }),
    ...(from !== undefined && { from }),
    ...(until !== undefined && { until })
  }
})

/** A source may stand within another, and scopes may overlap: the same place is shown once. */
function eachOnce(found: readonly { folder: string; hit: SearchHit }[]): SearchHit[] {
  const seen = new Set<string>()
  return found.flatMap(({ folder, hit }) => {
    const place = `${join(folder, hit.path)}\n${hit.start}`
    if (seen.has(place)) return []
    seen.add(place)
    return [hit]
  })
}

const nothingUnderstood: IndexSearchAnswer['understood'] = {
  words: [],
  phrases: [],
  tags: [],
  paths: [],
  from: null,
  until: null,
  parts: []
}
