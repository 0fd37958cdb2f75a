import { BookMarked, Folder, Hash, Library } from 'lucide-react'
import { type ReactNode, useEffect, useRef } from 'react'
import type { ScopeSuggestion } from '../../../client/knowledge/scope-suggestions.ts'
import { classNames } from '../../../components/class-names.ts'

const icons: Record<ScopeSuggestion['kind'], ReactNode> = {
  all: <Library />,
  source: <BookMarked />,
  folder: <Folder />,
  tag: <Hash />
}

interface SuggestionListProps {
  id: string
  suggestions: readonly ScopeSuggestion[]
  /** Index of the one that Enter takes. */
  active: number
  onPick: (scope: string) => void
}

export const optionId = (listId: string, index: number): string => `${listId}-${index}`

/** Suggestions under a field that keeps the focus. */
export function SuggestionList({ id, suggestions, active, onPick }: SuggestionListProps) {
  const list = useRef<HTMLDivElement>(null)
  useEffect(() => {
    list.current?.children[active]?.scrollIntoView({ block: 'nearest' })
  }, [active])
  return (
    <div
      ref={list}
      id={id}
      role="listbox"
      aria-label="Look up in"
      className="float max-h-72 overflow-y-auto rounded-md p-1"
    >
      {suggestions.map(({ scope, kind, label }, index) => (
        // biome-ignore lint/a11y/useKeyWithClickEvents: the keys are those of the field that keeps the focus
        <div
          key={scope}
          id={optionId(id, index)}
          role="option"
          tabIndex={-1}
          aria-selected={index === active}
          // the field must not lose the focus by a press of the button
          onMouseDown={(event) => event.preventDefault()}
          onClick={() => onPick(scope)}
          className={classNames(
            'flex h-8 items-center gap-2.5 rounded-sm px-2 text-s [&_svg]:size-4 [&_svg]:text-text-2',
            index === active ? 'bg-press' : 'hover:bg-hover'
          )}
        >
          {icons[kind]}
          <span className="min-w-0 flex-1 truncate">{label}</span>
          <span className="max-w-40 truncate font-mono text-xs text-text-3">@{scope}</span>
        </div>
      ))}
    </div>
  )
}
