import { Bookmark, BookmarkPlus, Trash2 } from 'lucide-react'
import { useState } from 'react'
import type { TraceView } from '../../../../core/contract/traces.ts'
import { attempt } from '../../../client/app-request-error.ts'
import { daemon } from '../../../client/daemon.ts'
import { useResource } from '../../../client/resource.ts'
import { traceViews } from '../../../client/resources.ts'
import { IconButton } from '../../../components/button.tsx'
import { Dialog } from '../../../components/dialog.tsx'
import { DialogForm } from '../../../components/dialog-form.tsx'
import { Field, TextInput } from '../../../components/field.tsx'
import { Menu, MenuItem } from '../../../components/menu.tsx'
import { showToast } from '../../../components/toasts.tsx'
import { type Filters, filterQuery } from './filters.ts'
import { viewOf, withoutView, withView } from './view-list.ts'

interface SavedViewsProps {
  filters: Filters
  onChange: (filters: Filters) => void
}

/** Ways to narrow the list that the person gave a name. */
export function SavedViews({ filters, onChange }: SavedViewsProps) {
  const views = useResource(traceViews).data ?? []
  const [naming, setNaming] = useState(false)
  const shown = viewOf(views, filters)
  const narrowed = Object.keys(filterQuery(filters)).length > 0
  return (
    <>
      <Menu
        trigger={
          <IconButton label={shown ? `Saved views: ${shown.name}` : 'Saved views'}>
            <Bookmark className={shown ? 'fill-current text-accent-text' : ''} />
          </IconButton>
        }
      >
        {views.length === 0 && !narrowed && (
          <p className="max-w-60 px-2 py-1.5 text-s text-text-3">
            Narrow the list, and save what it shows here under a name.
          </p>
        )}
        {views.map((view) => (
          <MenuItem key={view.name} icon={<Bookmark />} onSelect={() => onChange(view.query)}>
            <span className="max-w-60 truncate">{view.name}</span>
          </MenuItem>
        ))}
        {narrowed && !shown && (
          <MenuItem icon={<BookmarkPlus />} onSelect={() => setNaming(true)}>
            Save this view
          </MenuItem>
        )}
        {shown && (
          <MenuItem icon={<Trash2 />} danger onSelect={() => void remove(views, shown.name)}>
            <span className="max-w-60 truncate">Remove “{shown.name}”</span>
          </MenuItem>
        )}
      </Menu>
      <Dialog open={naming} onClose={() => setNaming(false)} title="Save this view" width={420}>
        <NameForm views={views} filters={filters} onDone={() => setNaming(false)} />
      </Dialog>
    </>
  )
}

interface NameFormProps {
  views: readonly TraceView[]
  filters: Filters
  onDone: () => void
}

function NameForm({ views, filters, onDone }: NameFormProps) {
  const [name, setName] = useState('')
  const trimmed = name.trim()
  const replaces = views.some((view) => view.name === trimmed)
  return (
    <DialogForm
      onClose={onDone}
      onSave={trimmed === '' ? null : () => saveViews(withView(views, { name: trimmed, query: filters }))}
    >
      {(tried) => (
        <Field
          label="Name"
          hint={replaces ? 'Takes the place of the view of this name.' : undefined}
          error={tried && trimmed === '' ? 'A view needs a name.' : null}
        >
          {(control) => (
            <TextInput
              {...control}
              maxLength={80}
              placeholder="Errors of today"
              value={name}
              onChange={(event) => setName(event.target.value)}
            />
          )}
        </Field>
      )}
    </DialogForm>
  )
}

async function remove(views: readonly TraceView[], name: string): Promise<void> {
  const problem = await saveViews(withoutView(views, name))
  showToast(problem ?? `“${name}” is removed. Its calls are not.`)
}

function saveViews(views: TraceView[]): Promise<string | null> {
  return attempt(async () => {
    traceViews.set((await daemon.invoke('PUT /app/trace-views', { body: { views } })).views)
  })
}
