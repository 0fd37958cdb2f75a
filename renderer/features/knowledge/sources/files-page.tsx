import { useState } from 'react'
import type { Source, SourceFile } from '../../../../core/contract/knowledge.ts'
import { navigate, type RouteQuery } from '../../../client/route.ts'
import { Button } from '../../../components/button.tsx'
import { Notice } from '../../../components/notice.tsx'
import { Page } from '../../../components/screen-layout.tsx'
import { SearchField } from '../../../components/search-field.tsx'
import { Segmented } from '../../../components/segmented.tsx'
import { SkeletonRows } from '../../../components/skeleton.tsx'
import { placeId } from '../place.ts'
import { FileTable } from './file-table.tsx'
import { useFiles } from './use-files.ts'

type Status = SourceFile['status']

const statuses: readonly { value: Status | 'all'; label: string }[] = [
  { value: 'all', label: 'All' },
  { value: 'indexed', label: 'Indexed' },
  { value: 'pending', label: 'Waiting' },
  { value: 'failed', label: 'Not readable' },
  { value: 'skipped', label: 'Left out' }
]

interface FilesPageProps {
  source: Source
  query: RouteQuery | undefined
}

/** What became of each file of a source, and why. */
export function FilesPage({ source, query }: FilesPageProps) {
  const [search, setSearch] = useState('')
  const status = statuses.find(({ value }) => value === query?.status)?.value ?? 'all'
  const { files, more, error, loadMore, reload } = useFiles(
    source.id,
    status === 'all' ? null : status,
    search
  )
  const show = (next: Status | 'all'): void =>
    navigate(
      'knowledge',
      placeId({ show: 'source', id: source.id, tab: 'files' }),
      next === 'all' ? {} : { status: next }
    )
  return (
    <Page wide>
      <section aria-label="Files" className="flex flex-col gap-4">
        <div className="flex flex-wrap items-center gap-3">
          <Segmented label="Which files" value={status} options={statuses} onChange={show} />
          <div className="w-64">
            <SearchField label="Search paths" value={search} onSearch={setSearch} />
          </div>
        </div>
        {error !== null && (
          <Notice tone="bad" action={<Button onClick={reload}>Try again</Button>}>
            {error}
          </Notice>
        )}
        {files === null ? (
          error === null && <SkeletonRows count={10} height={38} />
        ) : files.length === 0 ? (
          <p className="border-y border-line py-5 text-s text-text-3">No such file.</p>
        ) : (
          <FileTable source={source} files={files} />
        )}
        {more && (
          <Button look="quiet" className="-ml-3 self-start" onClick={loadMore}>
            Show more
          </Button>
        )}
      </section>
    </Page>
  )
}
