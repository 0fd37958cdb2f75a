import { type ReactNode, useEffect, useMemo, useRef } from 'react'
import type { Note } from '../../../../core/contract/knowledge.ts'
import { noteHref, type PassagePlace } from '../../../client/knowledge/note-route.ts'
import { Markdown } from '../../../components/markdown/markdown.tsx'
import { Notice } from '../../../components/notice.tsx'
import { noteLinks, resolveLink } from './note-links.ts'
import { cutAtPassage } from './note-passage.ts'
import { readingText } from './reading-text.ts'

interface NoteTextProps {
  note: Note
  passage: PassagePlace | null
}

/** A note's text, with the passage marked and in view. */
export function NoteText({ note, passage }: NoteTextProps) {
  const { text, truncated, kind } = note
  // biome-ignore lint/correctness/useExhaustiveDependencies: each drawing reads the address anew; its parts say what it is
  const parts = useMemo(
    () => cutAtPassage(text, passage),
    [text, passage?.start, passage?.end, passage?.begins]
  )
  const marked = useRef<HTMLElement>(null)
  // biome-ignore lint/correctness/useExhaustiveDependencies: another passage is the reason to run
  useEffect(() => {
    marked.current?.scrollIntoView({ block: 'center' })
  }, [parts?.passage, passage?.start])
  if (kind === 'attachment') {
    return <p className="text-text-2">A file without text of its own. It is found by its name.</p>
  }
  return (
    <article aria-label={note.title} className="min-w-0 select-text">
      {parts === null ? (
        <Piece note={note} text={text} />
      ) : (
        <>
          <Piece note={note} text={parts.before} />
          {/* wider than the text by as much as its border and padding, so that its words do not move */}
          <section
            ref={marked}
            aria-label="The found passage"
            className="-mx-4 my-3 rounded-md border-l-2 border-accent bg-accent-soft px-3.5 py-2.5"
          >
            <Piece note={note} text={parts.passage} />
          </section>
          <Piece note={note} text={parts.after} />
        </>
      )}
      {truncated && (
        <div className="mt-6">
          <Notice>The note goes on; this is its beginning.</Notice>
        </div>
      )}
    </article>
  )
}

function Piece({ note, text }: { note: Note; text: string }): ReactNode {
  const marks = useMemo(
    () => ({
      kind: noteLinks,
      draw: (target: string, words: ReactNode) => <NoteLink note={note} target={target} words={words} />
    }),
    [note]
  )
  if (text.trim() === '') return null
  if (note.kind === 'markdown') return <Markdown compact text={readingText(text)} marks={marks} />
  if (note.kind === 'code' || note.kind === 'base') {
    return <pre className="code-text overflow-x-auto">{text}</pre>
  }
  return <p className="text-[15px] leading-6 whitespace-pre-wrap [overflow-wrap:anywhere]">{text.trim()}</p>
}

function NoteLink({ note, target, words }: { note: Note; target: string; words: ReactNode }) {
  const path = resolveLink(target, note)
  if (path === null) {
    return (
      <span title="This link leads nowhere" className="text-text-3 underline decoration-dotted">
        {words}
      </span>
    )
  }
  return <a href={noteHref(note.sourceId, path)}>{words}</a>
}
