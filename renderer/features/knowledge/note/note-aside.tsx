import type { ReactNode } from 'react'
import type { Note } from '../../../../core/contract/knowledge.ts'
import { noteHref } from '../../../client/knowledge/note-route.ts'
import { formatDateTime } from '../../../components/format/time.ts'
import { formatBytes } from '../../../components/format/tokens.ts'
import { NoteNeighbours } from './note-neighbours.tsx'
import { propertyWords } from './property-words.ts'

/** What is tied to a note: its properties, who links to it, what it links to, what is like it. */
export function NoteAside({ note }: { note: Note }) {
  const { sourceId, path, tags, aliases, backlinks, links, unresolved, related } = note
  const link = (to: string, words: ReactNode): ReactNode => (
    <a
      href={noteHref(sourceId, to)}
      title={to}
      className="block cursor-default truncate rounded-sm hover:underline"
    >
      {words}
    </a>
  )
  return (
    <aside aria-label="About this note" className="flex min-w-0 flex-col gap-6 text-s">
      <Properties note={note} />
      {tags.length > 0 && (
        <Part title="Tags">
          <p className="flex flex-wrap gap-1.5">
            {tags.map((tag) => (
              <span key={tag} className="rounded-sm bg-sunk px-1.5 text-xs leading-5 text-text-2">
                #{tag}
              </span>
            ))}
          </p>
        </Part>
      )}
      {aliases.length > 0 && <Part title="Also called">{aliases.join(', ')}</Part>}
      <NoteNeighbours source={sourceId} path={path} />
      <LinkList title="Links here" empty="No note links here.">
        {backlinks.map((from) => (
          <li key={`${from.path} ${from.line}`}>
            {link(from.path, from.title)}
            <span className="line-clamp-2 text-xs text-text-3">{from.line}</span>
          </li>
        ))}
      </LinkList>
      {links.length > 0 && (
        <LinkList title="Links to">
          {[...new Map(links.map((to) => [to.path, to])).values()].map((to) => (
            <li key={to.path}>{link(to.path, to.title)}</li>
          ))}
        </LinkList>
      )}
      {unresolved.length > 0 && (
        <LinkList title="Leads nowhere">
          {unresolved.map((target) => (
            <li key={target} className="truncate text-text-3">
              {target}
            </li>
          ))}
        </LinkList>
      )}
      {related.length > 0 && (
        <LinkList title="Near in meaning">
          {related.map((other) => (
            <li key={other.path} className="flex items-center gap-2">
              <span className="min-w-0 flex-1">{link(other.path, other.title)}</span>
              <span className="text-xs text-text-3">{Math.round(other.score * 100)} %</span>
            </li>
          ))}
        </LinkList>
      )}
    </aside>
  )
}

function Properties({ note }: { note: Note }) {
  const { properties, modifiedAt, bytes } = note
  const shown = [
    ...Object.entries(properties)
      .filter(([name]) => name !== 'tags' && name !== 'aliases')
      .map(([name, value]) => [name, propertyWords(value)] as const),
    ['changed', formatDateTime(modifiedAt)] as const,
    ['size', formatBytes(bytes)] as const
  ]
  return (
    <dl aria-label="Properties" className="flex flex-col gap-1">
      {shown.map(([name, value]) => (
        <div key={name} className="flex gap-3">
          <dt className="w-20 shrink-0 truncate text-text-3" title={name}>
            {name}
          </dt>
          <dd className="min-w-0 [overflow-wrap:anywhere] text-text-2">{value}</dd>
        </div>
      ))}
    </dl>
  )
}

function Part({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section aria-label={title}>
      <h2 className="mb-1.5 text-xs font-medium text-text-3">{title}</h2>
      {children}
    </section>
  )
}

interface LinkListProps {
  title: string
  empty?: string
  children: readonly ReactNode[]
}

function LinkList({ title, empty, children }: LinkListProps) {
  return (
    <Part title={children.length === 0 ? title : `${title} (${children.length})`}>
      {children.length === 0 ? (
        <p className="text-text-3">{empty}</p>
      ) : (
        <ul className="flex flex-col gap-1.5">{children}</ul>
      )}
    </Part>
  )
}
