import { Trash2 } from 'lucide-react'
import { useMemo, useState } from 'react'
import type { Alias } from '../../../core/contract/aliases.ts'
import { attempt } from '../../client/app-request-error.ts'
import { daemon } from '../../client/daemon.ts'
import { useResource } from '../../client/resource.ts'
import { aliases } from '../../client/resources.ts'
import { navigate } from '../../client/route.ts'
import { Button, IconButton } from '../../components/button.tsx'
import { ConfirmDialog } from '../../components/dialog.tsx'
import { Notice } from '../../components/notice.tsx'
import { Bar } from '../../components/screen-layout.tsx'
import { SkeletonRows } from '../../components/skeleton.tsx'
import { showToast } from '../../components/toasts.tsx'
import {
  type AliasDraft,
  checkDraft,
  type DraftProblems,
  definitionOf,
  draftOf,
  emptyDraft,
  sameDraft
} from './alias-draft.ts'
import { AliasForm } from './alias-form.tsx'
import { suggestAliases } from './alias-suggestions.ts'
import { BackToModels } from './back-to-models.tsx'
import { placeId } from './place.ts'
import { RoutePreviewPanel } from './route-preview.tsx'
import { TwoColumns } from './two-columns.tsx'
import { useAskableModels } from './use-askable-models.ts'

/** The editor of one alias, with what it would do beside it. */
export function AliasPage({ name }: { name: string }) {
  const { data } = useResource(aliases)
  const alias = data?.find((known) => known.name === name)
  if (alias) return <AliasEditor key={name} alias={alias} start={draftOf(alias)} />
  return (
    <>
      <Bar>
        <BackToModels />
        <h1 className="font-semibold">{data === null ? '' : `No alias “${name}”`}</h1>
      </Bar>
      <TwoColumns>{data === null ? <SkeletonRows count={6} height={52} /> : null}</TwoColumns>
    </>
  )
}

/** The editor of an alias that does not exist yet; `like` is a suggested one to start from. */
export function NewAliasPage({ like }: { like: string | null }) {
  const askable = useAskableModels()
  const taken = useResource(aliases).data
  if (askable === null || taken === null) return <AliasPage name="" />
  const names = taken.map((alias) => alias.name)
  const suggestion = suggestAliases(askable, names).find((known) => known.name === like)
  const start = suggestion
    ? emptyDraft(suggestion.name, suggestion.models, suggestion.strategy)
    : emptyDraft(like ?? '')
  return <AliasEditor key={like} alias={null} start={start} />
}

interface AliasEditorProps {
  /** As it is saved; null for a new one. */
  alias: Alias | null
  start: AliasDraft
}

function AliasEditor({ alias, start }: AliasEditorProps) {
  const [draft, setDraft] = useState(start)
  const [problems, setProblems] = useState<DraftProblems | null>(null)
  const [error, setError] = useState<string | null>(null)
  const [busy, setBusy] = useState(false)
  const [removing, setRemoving] = useState(false)
  const others = (useResource(aliases).data ?? [])
    .map(({ name }) => name)
    .filter((name) => name !== alias?.name)
  const definition = useMemo(() => definitionOf(draft), [draft])
  const changed = alias === null || !sameDraft(draft, draftOf(alias))

  const change = (next: AliasDraft): void => {
    setDraft(next)
    if (problems) {
      const checked = checkDraft(next, others)
      setProblems('problems' in checked ? checked.problems : null)
    }
  }
  const save = async (): Promise<void> => {
    const checked = checkDraft(draft, others)
    if ('problems' in checked) return setProblems(checked.problems)
    setBusy(true)
    const problem = await attempt(async () => {
      await daemon.invoke('PUT /app/aliases/:name', { params: { name: draft.name }, body: checked.alias })
      if (alias && alias.name !== draft.name)
        await daemon.invoke('DELETE /app/aliases/:name', { params: { name: alias.name } })
      await aliases.refresh()
    })
    setBusy(false)
    setError(problem)
    if (problem) return
    navigate('models', placeId({ show: 'alias', name: draft.name }))
    showToast(`${draft.name} is saved.`)
  }
  const remove = async (): Promise<string | null> => {
    const problem = await attempt(async () => {
      await daemon.invoke('DELETE /app/aliases/:name', { params: { name: alias?.name ?? '' } })
      await aliases.refresh()
    })
    if (problem === null) navigate('models')
    return problem
  }

  return (
    <form
      className="flex min-h-0 flex-1 flex-col"
      onSubmit={(event) => {
        event.preventDefault()
        if (changed && !busy) void save()
      }}
    >
      <Bar>
        <BackToModels />
        <h1 className="min-w-0 flex-1 truncate font-semibold">{alias ? alias.name : 'New alias'}</h1>
        {alias && (
          <IconButton label={`Remove ${alias.name}`} onClick={() => setRemoving(true)}>
            <Trash2 />
          </IconButton>
        )}
        <Button look="primary" type="submit" disabled={busy || !changed}>
          {changed ? 'Save' : 'Saved'}
        </Button>
      </Bar>
      <TwoColumns
        aside={
          <RoutePreviewPanel
            subject={definition && { model: draft.name || 'This alias', draft: definition }}
            unready={
              draft.targets.length === 0
                ? 'Add a model, then try it here.'
                : 'Correct what is marked, then try it here.'
            }
          />
        }
      >
        {error && <Notice tone="bad">{error}</Notice>}
        <AliasForm draft={draft} problems={problems} onChange={change} />
      </TwoColumns>
      <ConfirmDialog
        open={removing}
        onClose={() => setRemoving(false)}
        title={`Remove the alias ${alias?.name ?? ''}`}
        confirm="Remove"
        onConfirm={remove}
      >
        Programs that ask for it get a clear error. The models stay.
      </ConfirmDialog>
    </form>
  )
}
