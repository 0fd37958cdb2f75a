import { ListFilter, X } from 'lucide-react'
import { useState } from 'react'
import { type DocumentKind, documentKinds, type Source } from '../../../../core/contract/knowledge.ts'
import { IconButton } from '../../../components/button.tsx'
import { Field, TextInput } from '../../../components/field.tsx'
import { Select } from '../../../components/select.tsx'
import { kindWords } from '../kind-words.ts'
import { ages, ageWords, filterChips, noFilters } from './search-query.ts'
import { narrowSearch, useSearch } from './search-store.ts'

const ANY = ''

/** What the search is narrowed to, as chips; and on demand the fields to change it. */
export function SearchFilters({ sources }: { sources: readonly Source[] }) {
  const [open, setOpen] = useState(false)
  const filters = useSearch((state) => state.filters)
  const chips = filterChips(filters, sources)
  return (
    <div className="px-2 pb-1">
      <div className="flex min-h-7 flex-wrap items-center gap-1.5">
        {chips.map(({ name, label }) => (
          <button
            key={name}
            type="button"
            aria-label={`No longer only ${label}`}
            onClick={() => narrowSearch({ [name]: noFilters[name] })}
            className="inline-flex h-6 max-w-full items-center gap-1 rounded-md bg-accent-soft px-2 text-xs text-accent-text hover:bg-press"
          >
            <span className="truncate">{label}</span>
            <X className="size-3 shrink-0" />
          </button>
        ))}
        <span className="flex-1 pl-2 text-xs text-text-3">{chips.length === 0 && 'Everywhere'}</span>
        <IconButton small label="Narrow the search" aria-expanded={open} onClick={() => setOpen(!open)}>
          <ListFilter />
        </IconButton>
      </div>
      {open && <FilterFields sources={sources} />}
    </div>
  )
}

function FilterFields({ sources }: { sources: readonly Source[] }) {
  const { sourceId, folder, tag, kind, changed } = useSearch((state) => state.filters)
  return (
    <div className="mt-1 flex flex-col gap-2 rounded-md border border-line p-2.5">
      <Select
        label="Source"
        value={sourceId ?? ANY}
        options={[
          { value: ANY, label: 'All sources' },
          ...sources.map(({ id, name }) => ({ value: id, label: name }))
        ]}
        onChange={(next) => narrowSearch({ sourceId: next === ANY ? null : next })}
      />
      <Select<DocumentKind | ''>
        label="Kind of file"
        value={kind ?? ANY}
        options={[
          { value: ANY, label: 'Every kind of file' },
          ...documentKinds.map((value) => ({ value, label: kindWords[value] }))
        ]}
        onChange={(next) => narrowSearch({ kind: next === ANY ? null : next })}
      />
      <Select
        label="Changed"
        value={changed ?? ANY}
        options={[
          { value: ANY, label: 'Changed at any time' },
          ...ages.map((value) => ({ value, label: ageWords[value] }))
        ]}
        onChange={(next) => narrowSearch({ changed: ages.find((age) => age === next) ?? null })}
      />
      <TypedFilter label="Folder" value={folder} onCommit={(next) => narrowSearch({ folder: next })} />
      <TypedFilter
        label="Tag"
        value={tag}
        onCommit={(next) => narrowSearch({ tag: next.replace(/^#/, '') })}
      />
    </div>
  )
}

interface TypedFilterProps {
  label: string
  value: string
  onCommit: (value: string) => void
}

/** Taken when the field is left or Enter pressed: half a folder's name is none. */
function TypedFilter({ label, value, onCommit }: TypedFilterProps) {
  const [text, setText] = useState(value)
  const [before, setBefore] = useState(value)
  if (before !== value) {
    setBefore(value)
    setText(value)
  }
  const commit = (): void => {
    const next = text.trim().replace(/^\/+|\/+$/g, '')
    if (next !== value) onCommit(next)
  }
  return (
    <Field label={label}>
      {(control) => (
        <TextInput
          {...control}
          value={text}
          onChange={(event) => setText(event.target.value)}
          onBlur={commit}
          onKeyDown={(event) => event.key === 'Enter' && commit()}
        />
      )}
    </Field>
  )
}
