import { BUILT_IN_EMBEDDER } from '../../../core/contract/knowledge.ts'
import type { Knowledge } from '../../../core/vault/knowledge.ts'
import { waitUntil } from '../../support/wait-until.ts'
import type { FoundPassage } from './vault-hits.ts'

/** Makes a folder a source, waits until it is indexed to the last vector, and gives what asks it. */
export async function searchFolder(
  knowledge: Pick<Knowledge, 'add' | 'begin' | 'sources' | 'search'>,
  folder: string
): Promise<(question: string, limit: number) => Promise<FoundPassage[]>> {
  knowledge.begin()
  const added = { folder, embedder: BUILT_IN_EMBEDDER, excludes: [], costConfirmed: false }
  const { id } = await knowledge.add(added)
  await waitUntil(() => {
    const source = knowledge.sources().find((one) => one.id === id)
    if (source?.problem) throw new Error(`the folder cannot be indexed: ${source.problem}`)
    return source?.state === 'ready' && source.completeAt !== null && source.chunksWithoutVector === 0
  })
  const { signal } = new AbortController()
  return async (text, limit) => (await knowledge.search({ text, scopes: [], limit }, signal)).hits
}
