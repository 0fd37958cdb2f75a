import { ExternalLink } from 'lucide-react'
import type { ReactNode } from 'react'
import type { Note } from '../../../../core/contract/knowledge.ts'
import type { NotePlace } from '../../../client/knowledge/note-route.ts'
import { useAnswer } from '../../../client/use-answer.ts'
import { Button } from '../../../components/button.tsx'
import { CopyButton } from '../../../components/copy-button.tsx'
import { Notice } from '../../../components/notice.tsx'
import { Bar } from '../../../components/screen-layout.tsx'
import { SkeletonRows } from '../../../components/skeleton.tsx'
import { openInObsidian } from '../../../components/system/open-link.ts'
import { NoteAside } from './note-aside.tsx'
import { NoteText } from './note-text.tsx'

/** A note to read, with a passage marked in it, and all that is tied to it. */
export function NotePage({ place }: { place: NotePlace }) {
  const { source, path } = place
  const query = { source, path }
  const { data, error, refresh } = useAnswer('GET /app/knowledge/note', { query }, 'knowledge-changed')
  // until the answer for another note is there, the last one would stand under the wrong name
  const note = data?.path === path && data.sourceId === source ? data : null
  return (
    <>
      <Bar>
        <div className="min-w-0 flex-1">
          <h1 className="truncate font-semibold">{note?.title ?? path.split('/').at(-1)}</h1>
          <p className="truncate text-xs text-text-3" title={path}>
            {path}
          </p>
        </div>
        <CopyButton text={path} label="Copy path" />
        {note?.obsidianUrl && <ObsidianButton url={note.obsidianUrl} />}
      </Bar>
      {note ? (
        <NoteColumns note={note} place={place} />
      ) : (
        <div className="mx-auto w-full max-w-(--reading) flex-1 px-6 pt-8">
          {error ? (
            <Notice tone="bad" action={<Button onClick={refresh}>Try again</Button>}>
              {error}
            </Notice>
          ) : (
            <SkeletonRows count={8} />
          )}
        </div>
      )}
    </>
  )
}

function ObsidianButton({ url }: { url: string }): ReactNode {
  return (
    <Button icon={<ExternalLink />} onClick={() => openInObsidian(url)}>
      Open in Obsidian
    </Button>
  )
}

/** Side by side where there is room, under each other where there is not. */
function NoteColumns({ note, place }: { note: Note; place: NotePlace }) {
  return (
    <div className="relative min-h-0 flex-1 overflow-y-auto">
      <div className="mx-auto grid max-w-[1040px] grid-cols-[minmax(0,var(--reading))_248px] justify-center gap-10 px-8 pt-6 pb-16 max-[1240px]:grid-cols-[minmax(0,var(--reading))] max-[860px]:px-5">
        <NoteText key={`${note.sourceId}/${note.path}`} note={note} passage={place.passage} />
        <NoteAside note={note} />
      </div>
    </div>
  )
}
