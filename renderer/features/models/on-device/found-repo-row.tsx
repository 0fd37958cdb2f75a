import { ChevronRight, Lock } from 'lucide-react'
import { useEffect, useState } from 'react'
import type { FoundRepo, OfferedFile } from '../../../../core/contract/downloads.ts'
import { errorText } from '../../../client/app-request-error.ts'
import { daemon } from '../../../client/daemon.ts'
import { useResource } from '../../../client/resource.ts'
import { modelHub } from '../../../client/resources.ts'
import { formatRoute } from '../../../client/route.ts'
import { Button } from '../../../components/button.tsx'
import { formatAgo } from '../../../components/format/time.ts'
import { formatShortCount } from '../../../components/format/tokens.ts'
import { Notice } from '../../../components/notice.tsx'
import { SkeletonRows } from '../../../components/skeleton.tsx'
import { openLink } from '../../../components/system/open-link.ts'
import { FileChoice } from './file-choice.tsx'

/** A repository that was found; opened, it shows the files that can be had. */
export function FoundRepoRow({ found }: { found: FoundRepo }) {
  const [open, setOpen] = useState(false)
  const { repo, downloads, likes, updatedAt, licence, gated } = found
  const facts = [
    `${formatShortCount(downloads)} downloads`,
    `${formatShortCount(likes)} likes`,
    updatedAt === null ? null : `changed ${formatAgo(updatedAt, Date.now())}`,
    licence
  ].filter((fact) => fact !== null)
  return (
    <li aria-label={repo} className="py-1">
      <button
        type="button"
        aria-expanded={open}
        onClick={() => setOpen(!open)}
        className="flex min-h-12 w-full items-center gap-3 rounded-md text-left hover:bg-hover"
      >
        <ChevronRight
          className={open ? 'size-4 shrink-0 rotate-90 text-text-3' : 'size-4 shrink-0 text-text-3'}
        />
        <span className="min-w-0 flex-1">
          <span className="block truncate font-medium">{repo}</span>
          <span className="block truncate text-xs text-text-3">{facts.join(' · ')}</span>
        </span>
        {gated && (
          <span className="mr-2 inline-flex items-center gap-1.5 text-xs text-warn-text [&>svg]:size-3.5">
            <Lock />
            gated
          </span>
        )}
      </button>
      {open && (
        <div className="pt-1 pb-3 pl-7">
          {gated && <GatedNotice repo={repo} />}
          <RepoFiles repo={repo} />
        </div>
      )}
    </li>
  )
}

function RepoFiles({ repo }: { repo: string }) {
  const [files, setFiles] = useState<OfferedFile[] | null>(null)
  const [error, setError] = useState<string | null>(null)
  useEffect(() => {
    let left = false
    daemon.invoke('GET /app/model-search/files', { query: { repo } }).then(
      (answer) => !left && setFiles(answer.files),
      (thrown: unknown) => !left && setError(errorText(thrown))
    )
    return () => {
      left = true
    }
  }, [repo])
  if (error) return <Notice tone="bad">{error}</Notice>
  if (files === null) return <SkeletonRows count={1} height={56} />
  if (files.length === 0) return <p className="text-s text-text-3">It holds no GGUF file of a model.</p>
  return <FileChoice name={repo.slice(repo.indexOf('/') + 1)} repo={repo} files={files} />
}

/** Its owner gives files only to those who agreed to the terms; the token is how the hub knows who asks. */
function GatedNotice({ repo }: { repo: string }) {
  const hasToken = useResource(modelHub).data?.hasToken ?? false
  return (
    <div className="mb-3">
      <Notice
        tone="warn"
        action={<Button onClick={() => openLink(`https://huggingface.co/${repo}`)}>Open its page</Button>}
      >
        Its files are given to those who agreed to its terms there.{' '}
        {hasToken ? (
          'If you did, the download works with your token.'
        ) : (
          <>
            Agree to them, then save a token of your account under{' '}
            <a href={formatRoute({ screen: 'settings', id: 'on-device' })} className="underline">
              Settings
            </a>
            .
          </>
        )}
      </Notice>
    </div>
  )
}
