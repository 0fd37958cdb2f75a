import type { AppQueryInput, AppResponse } from '../../../../core/contract/app-routes.ts'

type ExportQuery = AppQueryInput<'GET /app/trace-export'>

export interface ExportProgress {
  bytes: number
  /** The time of the last call so far, newest first. Milliseconds UTC. */
  reached: number | null
}

export interface ExportOptions {
  signal: AbortSignal
  onProgress: (progress: ExportProgress) => void
}

/** All pages of an export as one file; null where it was ended before the last. Each page is let go of as it comes. */
export async function collectExport(
  fetchPage: (query: ExportQuery) => Promise<AppResponse<'GET /app/trace-export'>>,
  query: ExportQuery,
  { signal, onProgress }: ExportOptions
): Promise<Blob | null> {
  const pages: Blob[] = []
  let bytes = 0
  for (let before: string | undefined; !signal.aborted; ) {
    const { text, next } = await fetchPage({ ...query, before })
    // a blob may lie on disk, a text may not
    const page = new Blob([text])
    pages.push(page)
    bytes += page.size
    onProgress({ bytes, reached: next === null ? null : timeOfId(next) })
    if (next === null) return new Blob(pages)
    before = next
  }
  return null
}

/** Ids begin with their milliseconds. */
const timeOfId = (id: string): number => Number.parseInt(id.slice(0, 12), 16)
