import { FolderPlus, MessageSquare } from 'lucide-react'
import type { Source } from '../../../../core/contract/knowledge.ts'
import { EVERYTHING } from '../../../../core/contract/knowledge-scopes.ts'
import { formatRoute, navigate } from '../../../client/route.ts'
import { Button } from '../../../components/button.tsx'
import { formatAgo } from '../../../components/format/time.ts'
import { Notice } from '../../../components/notice.tsx'
import { Bar, Page, Rows, Section } from '../../../components/screen-layout.tsx'
import { StatusDot } from '../../../components/status-dot.tsx'
import { placeId } from '../place.ts'
import { SourceMenu } from './source-menu.tsx'
import { SourceProgress } from './source-progress.tsx'
import { sizeWords, sourceStatus } from './source-words.ts'

/** All sources with how each is doing. */
export function SourceOverview({ sources }: { sources: readonly Source[] }) {
  return (
    <>
      <Bar>
        <h1 className="flex-1 font-semibold">Sources</h1>
        <Button icon={<MessageSquare />} onClick={() => navigate('chat', null, { in: EVERYTHING })}>
          Ask about them
        </Button>
      </Bar>
      <Page>
        <Section
          title="What is searched"
          lead="Folders on this machine. They are read, watched for changes, and never written to without being asked."
          action={
            <Button icon={<FolderPlus />} onClick={() => navigate('knowledge', 'add')}>
              Add a folder
            </Button>
          }
        >
          <ul aria-label="Sources">
            <Rows>
              {sources.map((source) => (
                <SourceRow key={source.id} source={source} />
              ))}
            </Rows>
          </ul>
        </Section>
      </Page>
    </>
  )
}

function SourceRow({ source }: { source: Source }) {
  const { id, name, kind, folder, problem, lastChangeAt, failures } = source
  const { tone, label } = sourceStatus(source)
  return (
    <li aria-label={name} className="flex flex-col gap-2 py-3.5">
      <div className="flex items-start gap-3">
        <div className="min-w-0 flex-1">
          <div className="flex items-center gap-2.5">
            <a
              href={formatRoute({
                screen: 'knowledge',
                id: placeId({ show: 'source', id, tab: 'overview' })
              })}
              className="cursor-default truncate rounded-sm font-medium hover:underline"
            >
              {name}
            </a>
            <span className="inline-flex shrink-0 items-center gap-2 text-s text-text-2">
              <StatusDot tone={tone} />
              {label}
            </span>
          </div>
          <div className="mt-0.5 truncate text-xs text-text-3" title={folder}>
            {kind === 'vault' ? 'Obsidian vault' : 'Folder'} · <span className="font-mono">{folder}</span>
          </div>
          <div className="mt-0.5 text-s text-text-2">
            {sizeWords(source)}
            {lastChangeAt !== null && <> · last change {formatAgo(lastChangeAt, Date.now())}</>}
            {failures > 0 && (
              <>
                {' · '}
                <a
                  href={formatRoute({
                    screen: 'knowledge',
                    id: placeId({ show: 'source', id, tab: 'files' }),
                    query: { status: 'failed' }
                  })}
                  className="cursor-default rounded-sm text-warn-text hover:underline"
                >
                  see what could not be read
                </a>
              </>
            )}
          </div>
        </div>
        <SourceMenu source={source} />
      </div>
      {problem !== null && <Notice tone={source.state === 'failed' ? 'bad' : 'warn'}>{problem}</Notice>}
      <SourceProgress source={source} />
    </li>
  )
}
