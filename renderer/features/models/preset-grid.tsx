import { Cloud, Cpu, Plug } from 'lucide-react'
import { type ProviderPreset, providerPresets } from './provider-presets.ts'

interface PresetGridProps {
  /** `cloud`: without the servers that run on this machine. */
  only?: 'cloud'
  onChoose: (preset: ProviderPreset) => void
}

/** The servers people usually have, to start from. */
export function PresetGrid({ only, onChoose }: PresetGridProps) {
  const presets = only === 'cloud' ? providerPresets.filter(({ key }) => key !== 'none') : providerPresets
  return (
    <div className="grid grid-cols-3 gap-2">
      {presets.map((preset) => (
        <button
          key={preset.id}
          type="button"
          onClick={() => onChoose(preset)}
          className="flex h-11 items-center gap-2.5 rounded-md border border-line px-3 text-left text-s transition-colors hover:border-line-strong hover:bg-hover [&>svg]:size-4 [&>svg]:shrink-0 [&>svg]:text-text-3"
        >
          {preset.id === 'custom' ? <Plug /> : preset.key === 'none' ? <Cpu /> : <Cloud />}
          <span className="truncate">{preset.name}</span>
        </button>
      ))}
    </div>
  )
}
