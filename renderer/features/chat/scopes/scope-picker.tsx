import { Popover } from '@base-ui/react/popover'
import { BookMarked, ChevronDown } from 'lucide-react'
import { useState } from 'react'
import { addScope, scopeWords } from '../../../client/knowledge/scopes.ts'
import { useScopeOptions } from '../../../client/knowledge/use-scope-options.ts'
import { useResource } from '../../../client/resource.ts'
import { sources } from '../../../client/resources.ts'
import { navigate } from '../../../client/route.ts'
import { Button } from '../../../components/button.tsx'
import { Checkbox } from '../../../components/checkbox.tsx'
import { classNames } from '../../../components/class-names.ts'
import { TextInput } from '../../../components/field.tsx'
import { SuggestionList } from './suggestion-list.tsx'
import { useCompletion } from './use-completion.ts'

interface ScopePickerProps {
  scopes: readonly string[]
  onChange: (scopes: string[]) => void
}

/** What of the person's notes and files this chat's answers are looked up in. */
export function ScopePicker({ scopes, onChange }: ScopePickerProps) {
  const all = useResource(sources).data
  if (all === null) return null
  if (all.length === 0 && scopes.length === 0) {
    return (
      <Button
        look="quiet"
        className="-ml-2 h-7 px-2"
        icon={<BookMarked />}
        onClick={() => navigate('knowledge', 'add')}
      >
        Answer from your notes
      </Button>
    )
  }
  const [first, ...others] = scopes
  const words = first === undefined ? 'Off' : scopeWords(first, all)
  return (
    <Popover.Root>
      <Popover.Trigger
        className={classNames(
          '-ml-1.5 inline-flex h-7 min-w-0 items-center gap-1.5 rounded-md px-1.5 text-s hover:bg-hover data-popup-open:bg-press',
          first === undefined ? 'text-text-2' : 'text-accent-text'
        )}
      >
        <BookMarked className="size-4 shrink-0" />
        <span className="sr-only">Sources: </span>
        <span className="truncate">
          {first === undefined ? 'Sources off' : words}
          {others.length > 0 && ` + ${others.length}`}
        </span>
        <ChevronDown className="size-3.5 shrink-0 text-text-3" />
      </Popover.Trigger>
      <Popover.Portal>
        <Popover.Positioner side="top" align="start" sideOffset={8} className="z-50">
          <Popover.Popup className="float w-80 max-w-(--available-width) rounded-lg p-4 outline-none">
            <Popover.Title className="mb-1.5 text-xs font-medium text-text-3">
              Look up answers in
            </Popover.Title>
            <Choices scopes={scopes} onChange={onChange} />
          </Popover.Popup>
        </Popover.Positioner>
      </Popover.Portal>
    </Popover.Root>
  )
}

function Choices({ scopes, onChange }: ScopePickerProps) {
  const options = useScopeOptions(scopes)
  return (
    <div className="flex flex-col">
      {options.map(({ scope, label, chosen, toggled }) => (
        <Checkbox key={scope} label={label} checked={chosen} onChange={() => onChange(toggled)} />
      ))}
      <PartField onPick={(scope) => onChange(addScope(scopes, scope))} />
      <p className="mt-2 text-xs text-text-3">Or type @ in your question.</p>
    </div>
  )
}

/** A folder or tag by some of its letters. */
function PartField({ onPick }: { onPick: (scope: string) => void }) {
  const [text, setText] = useState('')
  const completion = useCompletion({
    typed: text === '' ? null : text,
    partsOnly: true,
    onPick: (scope) => {
      setText('')
      onPick(scope)
    }
  })
  return (
    <div className="mt-2">
      <TextInput
        role="combobox"
        aria-label="A folder or a tag"
        aria-expanded={completion.open}
        placeholder="A folder, or #tag"
        value={text}
        onChange={(event) => setText(event.target.value)}
        onKeyDown={completion.takeKey}
        {...completion.fieldProps}
      />
      {completion.open && (
        <div className="mt-1">
          <SuggestionList {...completion.list} />
        </div>
      )}
    </div>
  )
}
