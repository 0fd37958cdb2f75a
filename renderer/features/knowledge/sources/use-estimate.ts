import { useEffect, useState } from 'react'
import type { IndexEstimate } from '../../../../core/contract/knowledge.ts'
import { errorText } from '../../../client/app-request-error.ts'
import { daemon } from '../../../client/daemon.ts'

export type Estimate =
  | { state: 'none' }
  | { state: 'asking' }
  | { state: 'known'; estimate: IndexEstimate }
  | { state: 'failed'; error: string }

/** A path is looked at when typing pauses. Milliseconds. */
const PAUSE = 350

/** What indexing this folder with this embedder takes. Nothing is asked while the folder is empty. */
export function useEstimate(folder: string, embedder: string): Estimate {
  const [answer, setAnswer] = useState<Estimate>({ state: 'none' })
  useEffect(() => {
    if (folder === '') return setAnswer({ state: 'none' })
    let current = true
    setAnswer({ state: 'asking' })
    const timer = setTimeout(() => {
      daemon.invoke('GET /app/knowledge/estimate', { query: { folder, embedder } }).then(
        (estimate) => current && setAnswer({ state: 'known', estimate }),
        (thrown: unknown) => current && setAnswer({ state: 'failed', error: errorText(thrown) })
      )
    }, PAUSE)
    return () => {
      current = false
      clearTimeout(timer)
    }
  }, [folder, embedder])
  return answer
}
