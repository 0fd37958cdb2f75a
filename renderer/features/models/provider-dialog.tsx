import { useState } from 'react'
import type { Provider } from '../../../core/contract/models.ts'
import { Dialog } from '../../components/dialog.tsx'
import { showToast } from '../../components/toasts.tsx'
import { PresetGrid } from './preset-grid.tsx'
import { ProviderForm } from './provider-form.tsx'
import { type ProviderPreset, providerPresets } from './provider-presets.ts'

const custom: ProviderPreset = providerPresets.find((preset) => preset.id === 'custom') ?? {
  id: 'custom',
  name: 'Custom',
  baseUrl: '',
  key: 'optional',
  keyUrl: null
}

interface ProviderDialogProps {
  open: boolean
  onClose: () => void
  /** The one to change; null to add one. */
  existing: Provider | null
}

export function ProviderDialog({ open, onClose, existing }: ProviderDialogProps) {
  const [chosen, setChosen] = useState<ProviderPreset | null>(null)
  const preset = existing ? custom : chosen
  const close = (): void => {
    setChosen(null)
    onClose()
  }
  const title = existing ? `Change ${existing.name}` : preset ? `Add ${preset.name}` : 'Add a provider'
  return (
    <Dialog open={open} onClose={close} title={title}>
      {preset ? (
        <ProviderForm
          key={preset.id}
          preset={preset}
          {...(existing ? { existing } : {})}
          onCancel={existing ? close : () => setChosen(null)}
          onSaved={(provider) => {
            close()
            showToast(`${provider.name} is saved, with ${countModels(provider.models.length)}.`)
          }}
        />
      ) : (
        <PresetGrid onChoose={setChosen} />
      )}
    </Dialog>
  )
}

export function countModels(count: number): string {
  return count === 1 ? '1 model' : `${count} models`
}
