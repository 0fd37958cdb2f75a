import { useCallback, useEffect, useRef, useState } from 'react'
import type { SourceFile } from '../../../../core/contract/knowledge.ts'
import { errorText } from '../../../client/app-request-error.ts'
import { daemon } from '../../../client/daemon.ts'

const PAGE = 100

interface Files {
  /** Null until the first answer. */
  files: SourceFile[] | null
  more: boolean
  error: string | null
  loadMore: () => void
  reload: () => void
}

/** A source's files by path, page after page. Another status or search begins anew. */
export function useFiles(id: string, status: SourceFile['status'] | null, search: string): Files {
  const [files, setFiles] = useState<SourceFile[] | null>(null)
  const [next, setNext] = useState<string | null>(null)
  const [error, setError] = useState<string | null>(null)
  const wanted = useRef(0)
  const load = useCallback(
    async (after: string | null): Promise<void> => {
      const number = ++wanted.current
      const query = {
        limit: PAGE,
        ...(status && { status }),
        ...(search && { search }),
        ...(after !== null && { after })
      }
      try {
        const route = 'GET /app/knowledge/sources/:id/files'
        const page = await daemon.invoke(route, { params: { id }, query })
        if (number !== wanted.current) return
        setFiles((before) => (after === null ? page.files : [...(before ?? []), ...page.files]))
        setNext(page.next)
        setError(null)
      } catch (thrown) {
        if (number === wanted.current) setError(errorText(thrown))
      }
    },
    [id, status, search]
  )
  useEffect(() => void load(null), [load])
  return {
    files,
    more: next !== null,
    error,
    loadMore: () => void load(next),
    reload: () => void load(null)
  }
}
