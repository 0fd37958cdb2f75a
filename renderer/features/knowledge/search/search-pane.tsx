import { Plus } from 'lucide-react'
import { type KeyboardEvent, type ReactNode, useRef } from 'react'
import type { Source } from '../../../../core/contract/knowledge.ts'
import type { NotePlace } from '../../../client/knowledge/note-route.ts'
import { navigate } from '../../../client/route.ts'
import { IconButton } from '../../../components/button.tsx'
import { ListPane } from '../../../components/screen-layout.tsx'
import { SearchField } from '../../../components/search-field.tsx'
import type { Place } from '../place.ts'
import { SourceNav } from '../sources/source-nav.tsx'
import { HitList } from './hit-list.tsx'
import { SearchFilters } from './search-filters.tsx'
import { searchFor, useSearch } from './search-store.ts'

interface SearchPaneProps {
  sources: readonly Source[] | null
  place: Place
  /** The note that is open. */
  open: NotePlace | null
  footer: ReactNode
}

/** The search, and what it found; while nothing is searched, the sources. */
export function SearchPane({ sources, place, open, footer }: SearchPaneProps) {
  const words = useSearch((state) => state.words)
  const field = useRef<HTMLDivElement>(null)
  const hits = useRef<HTMLDivElement>(null)
  const searching = words.trim() !== ''
  const onKeyDown = (event: KeyboardEvent): void => {
    const first = hits.current?.querySelector<HTMLElement>('[data-row]')
    if (event.key !== 'ArrowDown' && event.key !== 'Enter') return
    if (!(event.target instanceof HTMLInputElement) || !first) return
    event.preventDefault()
    if (event.key === 'ArrowDown') first.focus()
    else first.click()
  }
  return (
    <ListPane
      title="Knowledge"
      wide
      footer={footer}
      action={
        <IconButton label="Add a folder" onClick={() => navigate('knowledge', 'add')}>
          <Plus />
        </IconButton>
      }
    >
      {/* biome-ignore lint/a11y/noStaticElementInteractions: the keys are those of the field in it */}
      <div ref={field} className="px-2 pb-1" onKeyDown={onKeyDown}>
        <SearchField label="Search notes and files" value={words} onSearch={searchFor} />
      </div>
      {searching && <SearchFilters sources={sources ?? []} />}
      <div ref={hits} className="min-h-0 flex-1 overflow-y-auto px-2 pb-3">
        {searching ? (
          <HitList
            sources={sources ?? []}
            open={open}
            onLeave={() => field.current?.querySelector('input')?.focus()}
          />
        ) : (
          <SourceNav sources={sources} place={place} />
        )}
      </div>
    </ListPane>
  )
}
