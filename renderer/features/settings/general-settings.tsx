import { attempt } from '../../client/app-request-error.ts'
import { useResource } from '../../client/resource.ts'
import { changeSettings, settings } from '../../client/resources.ts'
import { Rows, Section, SettingRow } from '../../components/screen-layout.tsx'
import { Segmented } from '../../components/segmented.tsx'
import { SkeletonRows } from '../../components/skeleton.tsx'
import { bridge } from '../../components/system/bridge.ts'
import { showToast } from '../../components/toasts.tsx'
import { ShortcutField } from './shortcut-field.tsx'

const appearances = [
  { value: 'system', label: 'System' },
  { value: 'light', label: 'Light' },
  { value: 'dark', label: 'Dark' }
] as const

export function GeneralSettings() {
  const { data } = useResource(settings)
  if (!data) return <SkeletonRows count={2} height={52} />
  return (
    <Section title="General">
      <Rows>
        <SettingRow label="Appearance" hint="System follows your desktop, also when it changes at sunset.">
          <Segmented
            label="Appearance"
            value={data.appearance}
            options={appearances}
            onChange={(appearance) =>
              void attempt(() => changeSettings({ appearance })).then(
                (problem) => problem && showToast(problem)
              )
            }
          />
        </SettingRow>
        {bridge && (
          <SettingRow label="Quick prompt" hint="Opens a small window to ask from, wherever you are.">
            <ShortcutField
              value={data.quickPromptShortcut}
              onChange={(quickPromptShortcut) => attempt(() => changeSettings({ quickPromptShortcut }))}
            />
          </SettingRow>
        )}
      </Rows>
    </Section>
  )
}
