import { type KeyboardEvent, useId, useState } from 'react'
import { optionId } from './suggestion-list.tsx'
import { useSuggestions } from './use-suggestions.ts'

interface CompletionOptions {
  /** The letters to suggest for; null: nothing is being typed. */
  typed: string | null
  onPick: (scope: string) => void
  /** Folders and tags alone. */
  partsOnly?: boolean
}

/** Keys of a field with suggestions, and what the field has to say to screen readers about them. */
export function useCompletion({ typed, onPick, partsOnly = false }: CompletionOptions) {
  const id = useId()
  const [active, setActive] = useState(0)
  const [shownFor, setShownFor] = useState(typed)
  /** Escape hides the suggestions until something else is typed. */
  const [hidden, setHidden] = useState(false)
  if (shownFor !== typed) {
    setShownFor(typed)
    setActive(0)
    setHidden(false)
  }
  const suggestions = useSuggestions(hidden ? null : typed).filter(
    ({ kind }) => !partsOnly || kind === 'folder' || kind === 'tag'
  )
  const open = suggestions.length > 0
  const index = Math.min(active, suggestions.length - 1)

  /** True where the key was taken. */
  const takeKey = (event: KeyboardEvent): boolean => {
    if (!open || event.nativeEvent.isComposing) return false
    const chosen = suggestions[index]
    if (event.key === 'ArrowDown') setActive((index + 1) % suggestions.length)
    else if (event.key === 'ArrowUp') setActive((index + suggestions.length - 1) % suggestions.length)
    else if ((event.key === 'Enter' || event.key === 'Tab') && !event.shiftKey && chosen) onPick(chosen.scope)
    else if (event.key === 'Escape') setHidden(true)
    else return false
    event.preventDefault()
    event.stopPropagation()
    return true
  }
  return {
    list: { id, suggestions, active: index, onPick },
    open,
    takeKey,
    fieldProps: open
      ? { 'aria-controls': id, 'aria-expanded': true, 'aria-activedescendant': optionId(id, index) }
      : {}
  }
}
