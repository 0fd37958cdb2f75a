import { type ReactNode, useState } from 'react'
import type { Source, SourceReport } from '../../../../core/contract/knowledge.ts'
import { noteHref } from '../../../client/knowledge/note-route.ts'
import { useAnswer } from '../../../client/use-answer.ts'
import { Button } from '../../../components/button.tsx'
import { formatAgo } from '../../../components/format/time.ts'
import { formatCount } from '../../../components/format/tokens.ts'
import { Notice } from '../../../components/notice.tsx'
import { Page, Section } from '../../../components/screen-layout.tsx'
import { SkeletonRows } from '../../../components/skeleton.tsx'
import { CoverageTable } from './coverage-table.tsx'

/** So many of each list at first. */
const SHOWN = 8

/** What a source is like: what is covered, what is there twice, what nobody links or touches. */
export function ReportPage({ source }: { source: Source }) {
  const input = { params: { id: source.id } }
  const { data, error, refresh } = useAnswer('GET /app/knowledge/sources/:id/report', input)
  return (
    <Page>
      {error !== null && (
        <Notice tone="bad" action={<Button onClick={refresh}>Try again</Button>}>
          {error}
        </Notice>
      )}
      {data === null ? (
        error === null && <SkeletonRows count={8} height={38} />
      ) : (
        <Report id={source.id} data={data} />
      )}
    </Page>
  )
}

function Report({ id, data }: { id: string; data: SourceReport }) {
  const now = Date.now()
  const link = (path: string, words: string): ReactNode => <NoteLink source={id} path={path} words={words} />
  return (
    <>
      <CoverageTable data={data} />
      <ReportList
        title="There twice"
        lead="The same or nearly the same text. Searches give one of them."
        rows={data.duplicates.map(({ paths, likeness, kind }) => ({
          key: paths.join('\n'),
          content: <span className="flex min-w-0 flex-col">{paths.map((path) => link(path, path))}</span>,
          note: kind === 'same' ? 'same text' : `${Math.round(likeness * 100)} % alike`
        }))}
      />
      <ReportList
        title="Long untouched"
        lead="Not changed for long, though others link to them."
        rows={data.stale.map(({ path, title, modifiedAt, backlinks }) => ({
          key: path,
          content: link(path, title),
          note: `${formatAgo(modifiedAt, now)} · ${backlinks === 1 ? '1 link' : `${formatCount(backlinks)} links`} to it`
        }))}
      />
      <ReportList
        title="Not linked"
        lead="No link leads to them, and none from them."
        rows={data.orphans.map(({ path, title }) => ({ key: path, content: link(path, title), note: null }))}
      />
      <ReportList
        title="Links that lead nowhere"
        rows={data.unresolvedLinks.map(({ target, from }) => ({
          key: target,
          content: (
            <span className="min-w-0">
              <span className="block truncate">{target}</span>
              <span className="block truncate text-xs text-text-3">
                in{' '}
                {from.slice(0, 3).map((path, index) => (
                  <span key={path}>
                    {index > 0 && ', '}
                    {link(path, path)}
                  </span>
                ))}
                {from.length > 3 && ` and ${from.length - 3} more`}
              </span>
            </span>
          ),
          note: null
        }))}
      />
      <ReportList
        title="The same in many notes"
        lead="Left out of the index, so that templates do not crowd out what you wrote."
        rows={data.boilerplate.map(({ text, documents }) => ({
          key: text,
          content: <span className="line-clamp-2 text-text-2">{text}</span>,
          note: `${formatCount(documents)} notes`
        }))}
      />
    </>
  )
}

interface ReportListProps {
  title: string
  lead?: string
  rows: readonly { key: string; content: ReactNode; note: string | null }[]
}

function ReportList({ title, lead, rows }: ReportListProps) {
  const [all, setAll] = useState(false)
  if (rows.length === 0) return null
  return (
    <Section title={`${title} (${formatCount(rows.length)})`} {...(lead && { lead })}>
      <ul className="divide-y divide-line border-y border-line text-s">
        {(all ? rows : rows.slice(0, SHOWN)).map(({ key, content, note }) => (
          <li key={key} className="flex min-h-9 items-center justify-between gap-4 py-1.5">
            {content}
            {note !== null && <span className="shrink-0 text-xs text-text-3">{note}</span>}
          </li>
        ))}
      </ul>
      {rows.length > SHOWN && (
        <Button look="quiet" className="mt-1 -ml-3" aria-expanded={all} onClick={() => setAll(!all)}>
          {all ? 'Show fewer' : `Show all ${formatCount(rows.length)}`}
        </Button>
      )}
    </Section>
  )
}

function NoteLink({ source, path, words }: { source: string; path: string; words: string }) {
  return (
    <a
      href={noteHref(source, path)}
      title={path}
      className="min-w-0 cursor-default truncate rounded-sm hover:underline"
    >
      {words}
    </a>
  )
}
