import { useState } from 'react'
import type { Provider, ProviderKind } from '../../../core/contract/models.ts'
import { useResource } from '../../client/resource.ts'
import { providerKinds } from '../../client/resources.ts'
import { Dialog } from '../../components/dialog.tsx'
import { showToast } from '../../components/toasts.tsx'
import { KindPicker } from './kind-picker.tsx'
import { countModels } from './provider-facts.ts'
import { ProviderForm } from './provider-form.tsx'
import { isCustom, kindName } from './provider-kinds.ts'

interface AddProviderDialogProps {
  open: boolean
  onClose: () => void
}

/** Which kind, then its address and key. */
export function AddProviderDialog({ open, onClose }: AddProviderDialogProps) {
  const [kind, setKind] = useState<ProviderKind | null>(null)
  const close = (): void => {
    setKind(null)
    onClose()
  }
  return (
    <Dialog
      open={open}
      onClose={close}
      title={
        kind ? (isCustom(kind) ? 'Add a server of your own' : `Add ${kindName(kind)}`) : 'Add a provider'
      }
      width={560}
    >
      {kind ? (
        <ProviderForm
          key={kind.kind}
          kind={kind}
          onCancel={() => setKind(null)}
          onSaved={(provider) => {
            close()
            showToast(`${provider.name} is saved, with ${countModels(provider.models.length)}.`)
          }}
        />
      ) : (
        <KindPicker onChoose={setKind} />
      )}
    </Dialog>
  )
}

interface EditProviderDialogProps extends AddProviderDialogProps {
  provider: Provider
}

export function EditProviderDialog({ open, onClose, provider }: EditProviderDialogProps) {
  const kinds = useResource(providerKinds).data ?? []
  const kind = kinds.find((known) => known.kind === provider.kind) ?? {
    kind: provider.kind,
    label: provider.name,
    defaultBaseUrl: null,
    needsKey: false,
    options: []
  }
  return (
    <Dialog open={open} onClose={onClose} title={`Change ${provider.name}`}>
      <ProviderForm
        kind={kind}
        existing={provider}
        onCancel={onClose}
        onSaved={(saved) => {
          onClose()
          showToast(`${saved.name} is saved, with ${countModels(saved.models.length)}.`)
        }}
      />
    </Dialog>
  )
}
