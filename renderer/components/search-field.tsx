import { Search, X } from 'lucide-react'
import { useEffect, useRef, useState } from 'react'

interface SearchFieldProps {
  label: string
  /** What is searched for now. */
  value: string
  /** Called when typing pauses, and at once when cleared. */
  onSearch: (words: string) => void
}

export function SearchField({ label, value, onSearch }: SearchFieldProps) {
  const [text, setText] = useState(value)
  const [before, setBefore] = useState(value)
  const input = useRef<HTMLInputElement>(null)
  const search = useRef(onSearch)
  search.current = onSearch
  // what is searched for from elsewhere shows here, too
  if (before !== value) {
    setBefore(value)
    setText(value)
  }

  useEffect(() => {
    if (text === value) return
    const timer = setTimeout(() => search.current(text), text === '' ? 0 : 150)
    return () => clearTimeout(timer)
  }, [text, value])

  return (
    <div className="flex h-8 items-center gap-2 rounded-md bg-sunk px-2 text-text-3 has-focus-visible:outline-2 has-focus-visible:outline-accent">
      <Search className="size-[15px] shrink-0" aria-hidden />
      <input
        ref={input}
        type="search"
        aria-label={label}
        placeholder={label}
        value={text}
        onChange={(event) => setText(event.target.value)}
        onKeyDown={(event) => {
          if (event.key === 'Escape' && text !== '') {
            event.stopPropagation()
            setText('')
          }
        }}
        className="min-w-0 flex-1 bg-transparent text-s text-text-1 outline-none [&::-webkit-search-cancel-button]:hidden"
      />
      {text !== '' && (
        <button
          type="button"
          aria-label="Clear search"
          onClick={() => {
            setText('')
            input.current?.focus()
          }}
          className="rounded-sm hover:text-text-1"
        >
          <X className="size-3.5" />
        </button>
      )}
    </div>
  )
}
