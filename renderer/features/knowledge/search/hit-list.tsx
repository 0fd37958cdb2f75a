import { type KeyboardEvent, useState } from 'react'
import type { SearchHit, Source } from '../../../../core/contract/knowledge.ts'
import type { NotePlace } from '../../../client/knowledge/note-route.ts'
import { moveFocusByArrows } from '../../../components/arrow-keys.ts'
import { Notice } from '../../../components/notice.tsx'
import { SkeletonRows } from '../../../components/skeleton.tsx'
import { HitRow } from './hit-row.tsx'
import { holdHits, useSearch } from './search-store.ts'
import { unfinishedWords } from './unfinished-words.ts'

interface HitListProps {
  sources: readonly Source[]
  /** The note that is open. */
  open: NotePlace | null
  /** The focus goes back to the words. */
  onLeave: () => void
}

/** What was found, best first. */
export function HitList({ sources, open, onLeave }: HitListProps) {
  const { answer, error } = useSearch()
  const [now] = useState(Date.now)
  if (error !== null) return <Notice tone="bad">{error}</Notice>
  if (answer === null) return <SkeletonRows count={5} height={84} />
  const unfinished = unfinishedWords(sources)
  const onKeyDown = (event: KeyboardEvent<HTMLElement>): void => {
    const rows = [...event.currentTarget.querySelectorAll('[data-row]')]
    if (event.key === 'Escape' || (event.key === 'ArrowUp' && event.target === rows[0])) {
      event.preventDefault()
      onLeave()
    } else moveFocusByArrows(event)
  }
  return (
    <>
      <p aria-live="polite" className="px-2 pb-1 text-xs text-text-3">
        {countWords(answer.hits, answer.belowFloor)}
        {answer.hits.length > 0 && (
          <span title="Time it took"> · {Math.max(1, Math.round(answer.tookMs))} ms</span>
        )}
      </p>
      {answer.problems.map(({ sourceId, message }) => (
        <Notice key={sourceId} tone="warn">
          {message}
        </Notice>
      ))}
      <ol aria-label="Found passages" data-hits onFocus={holdHits} onKeyDown={onKeyDown}>
        {answer.hits.map((hit) => (
          <HitRow key={keyOf(hit)} hit={hit} now={now} active={isOpen(hit, open)} />
        ))}
      </ol>
      {unfinished && <p className="px-2 py-2 text-xs text-text-3">{unfinished}</p>}
    </>
  )
}

function countWords(hits: readonly SearchHit[], belowFloor: boolean): string {
  if (hits.length > 0) return hits.length === 1 ? '1 passage' : `${hits.length} passages`
  return belowFloor
    ? 'Nothing near enough. There are passages with some of these words, but none that is about them.'
    : 'Nothing found.'
}

const keyOf = ({ sourceId, path, start }: SearchHit): string => `${sourceId}/${path}:${start}`

function isOpen({ sourceId, path, start }: SearchHit, open: NotePlace | null): boolean {
  return open !== null && open.source === sourceId && open.path === path && open.passage?.start === start
}
