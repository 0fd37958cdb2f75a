import type { OnDeviceSettings as Chosen } from '../../../core/contract/settings.ts'
import { attempt } from '../../client/app-request-error.ts'
import { useResource } from '../../client/resource.ts'
import { changeSettings, engine, settings } from '../../client/resources.ts'
import { AutoNumber } from '../../components/auto-number.tsx'
import { formatBytes } from '../../components/format/tokens.ts'
import { Rows, Section, SettingRow } from '../../components/screen-layout.tsx'
import { SkeletonRows } from '../../components/skeleton.tsx'
import { Switch } from '../../components/switch.tsx'
import { showToast } from '../../components/toasts.tsx'
import { DownloadSettings } from './download-settings.tsx'
import { ModelFolders } from './model-folders.tsx'

export interface OnDevicePart {
  chosen: Chosen
  /** Resolves with what went wrong, in words, or null. */
  change: (patch: Partial<Chosen>) => Promise<string | null>
}

const GIGABYTE = 1000

/** Models that run here: their memory, where they lie, and where they come from. */
export function OnDeviceSettings() {
  const chosen = useResource(settings).data?.onDevice
  const memory = useResource(engine).data?.memory
  if (!chosen) return <SkeletonRows count={4} height={52} />
  const change: OnDevicePart['change'] = (patch) =>
    attempt(() => changeSettings({ onDevice: { ...chosen, ...patch } }))
  const save = (patch: Partial<Chosen>): void =>
    void change(patch).then((problem) => problem && showToast(problem))
  const auto = chosen.memoryMegabytes === null && memory ? `auto: ${gigabytes(memory.budgetBytes)}` : 'auto'
  return (
    <>
      <Section title="Memory" lead="Models are loaded when they are asked, and leave when they are idle.">
        <Rows>
          <SettingRow
            label="Models may take"
            hint={
              memory
                ? `All loaded models together, of ${formatBytes(memory.systemTotalBytes)} in this machine. Empty: chosen for it.`
                : 'All loaded models together. Empty: chosen for this machine.'
            }
          >
            <AutoNumber
              label="Models may take"
              decimals
              unit="GB"
              value={chosen.memoryMegabytes === null ? null : chosen.memoryMegabytes / GIGABYTE}
              chosen={auto}
              min={0.1}
              max={10_000}
              onCommit={(value) =>
                save({ memoryMegabytes: value === null ? null : Math.round(value * GIGABYTE) })
              }
            />
          </SettingRow>
        </Rows>
      </Section>
      <Section title="Model files" lead="Found and used where they lie, without a copy.">
        <Rows>
          <SettingRow
            label="Models of other programs"
            hint="Ollama's, LM Studio's and Jan's, where they are installed."
          >
            <Switch
              label="Models of other programs"
              checked={chosen.otherPrograms}
              onChange={(otherPrograms) => save({ otherPrograms })}
            />
          </SettingRow>
          <ModelFolders chosen={chosen} change={change} />
        </Rows>
      </Section>
      <DownloadSettings chosen={chosen} change={change} />
      <Section title="Energy" lead="Calls on this machine cost no money; Costs shows what they draw instead.">
        <Rows>
          <SettingRow
            label="Draws while it answers"
            hint="What is estimated goes by it. Empty: by what the processor says of itself, where it does."
          >
            <AutoNumber
              label="Draws while it answers"
              decimals
              unit="W"
              value={chosen.watts}
              chosen="auto"
              min={1}
              max={100_000}
              onCommit={(watts) => save({ watts })}
            />
          </SettingRow>
        </Rows>
      </Section>
    </>
  )
}

/** Bytes as this field takes them: `18.2`. */
function gigabytes(bytes: number): string {
  return (bytes / 1e9).toFixed(1)
}
