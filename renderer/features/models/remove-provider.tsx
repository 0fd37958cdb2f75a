import type { Provider } from '../../../core/contract/models.ts'
import { attempt } from '../../client/app-request-error.ts'
import { daemon } from '../../client/daemon.ts'
import { useResource } from '../../client/resource.ts'
import { aliases, providers } from '../../client/resources.ts'
import { ConfirmDialog } from '../../components/dialog.tsx'

interface RemoveProviderDialogProps {
  /** Null while nothing is to be removed. */
  provider: Provider | null
  onClose: () => void
  onRemoved?: () => void
}

export function RemoveProviderDialog({ provider, onClose, onRemoved }: RemoveProviderDialogProps) {
  const all = useResource(aliases).data ?? []
  const using = all
    .filter(({ targets }) => targets.some(({ model }) => model.startsWith(`${provider?.id ?? ''}/`)))
    .map(({ name }) => name)
  const remove = async (): Promise<string | null> => {
    const problem = await attempt(() =>
      daemon.invoke('DELETE /app/providers/:id', { params: { id: provider?.id ?? '' } })
    )
    if (problem === null) {
      await providers.refresh()
      onRemoved?.()
    }
    return problem
  }
  return (
    <ConfirmDialog
      open={provider !== null}
      onClose={onClose}
      title={`Remove ${provider?.name ?? ''}`}
      confirm="Remove"
      onConfirm={remove}
    >
      Its keys are deleted from the secrets store. Chats and recorded calls stay.
      {using.length > 0 && ` ${listed(using)} will go on without its models.`}
    </ConfirmDialog>
  )
}

function listed(names: readonly string[]): string {
  const quoted = names.map((name) => `“${name}”`)
  return quoted.length === 1
    ? `The alias ${quoted[0]}`
    : `The aliases ${quoted.slice(0, -1).join(', ')} and ${quoted.at(-1)}`
}
