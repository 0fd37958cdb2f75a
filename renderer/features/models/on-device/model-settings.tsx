import { useState } from 'react'
import type { LocalModel, LocalModelSettings } from '../../../../core/contract/local-models.ts'
import { localModelSettingsSchema } from '../../../../core/contract/local-models.ts'
import { useResource } from '../../../client/resource.ts'
import { engine } from '../../../client/resources.ts'
import { Button } from '../../../components/button.tsx'
import { Rows, Section, SettingRow } from '../../../components/screen-layout.tsx'
import { Select } from '../../../components/select.tsx'
import { ComputeSettings } from './compute-settings.tsx'
import { AUTO, contextChoices } from './context-choices.ts'
import { changeModelSettings } from './model-actions.ts'

export interface ModelSettingsPart {
  model: LocalModel
  change: (patch: Partial<LocalModelSettings>) => void
}

const overflows = [
  { value: 'stop', label: 'Stop and say so', hint: 'The request fails in words; nothing is left out.' },
  { value: 'slide', label: 'Leave out the oldest turns', hint: 'Quick. The model forgets how it began.' },
  {
    value: 'summarise',
    label: 'Summarise the oldest turns',
    hint: 'The model writes a summary first, which takes a while.'
  }
] as const

const idles = [
  { value: '1', label: '1 minute' },
  { value: '5', label: '5 minutes' },
  { value: '10', label: '10 minutes' },
  { value: '30', label: '30 minutes' },
  { value: '60', label: '1 hour' },
  { value: '240', label: '4 hours' },
  { value: '0', label: 'Never', hint: 'Only when another model needs the room.' }
]

/** How the model is run. Every change is saved at once; what is left alone is chosen for this machine. */
export function ModelSettings({ model }: { model: LocalModel }) {
  const [saving, setSaving] = useState(false)
  const budget = useResource(engine).data?.memory.budgetBytes ?? null
  const { settings } = model
  const change = (patch: Partial<LocalModelSettings>): void => {
    setSaving(true)
    void changeModelSettings(model, patch).then(() => setSaving(false))
  }
  const defaults = localModelSettingsSchema.parse({})
  const changed = JSON.stringify(settings) !== JSON.stringify(defaults)
  return (
    <>
      <Section
        title="How it runs"
        lead={
          model.state === 'loaded'
            ? 'It is in memory: a change applies with its next request.'
            : 'Good as it is: what you leave alone is chosen for this machine.'
        }
        action={
          changed && (
            <Button look="quiet" disabled={saving} onClick={() => change(defaults)}>
              Back to defaults
            </Button>
          )
        }
      >
        <Rows>
          <SettingRow
            label="Context"
            hint="How much of a conversation it sees at once. More takes more memory."
          >
            <Select
              label="Context"
              value={settings.contextTokens === null ? AUTO : String(settings.contextTokens)}
              options={contextChoices(model, budget)}
              onChange={(value) => change({ contextTokens: value === AUTO ? null : Number(value) })}
            />
          </SettingRow>
          {model.kind === 'chat' && (
            <SettingRow
              label="When a conversation outgrows it"
              hint="Whatever is left out is named under the answer."
            >
              <Select
                label="When a conversation outgrows it"
                value={settings.overflow}
                options={overflows}
                onChange={(overflow) => change({ overflow })}
              />
            </SettingRow>
          )}
          <SettingRow label="Leaves memory" hint="When nobody asked it for so long.">
            <Select
              label="Leaves memory"
              value={String(settings.idleMinutes)}
              options={withOwn(idles, settings.idleMinutes)}
              onChange={(value) => change({ idleMinutes: Number(value) })}
            />
          </SettingRow>
        </Rows>
      </Section>
      <ComputeSettings model={model} change={change} />
    </>
  )
}

/** The usual choices, and the one that is set when it is none of them. */
function withOwn(options: { value: string; label: string; hint?: string }[], minutes: number) {
  const value = String(minutes)
  return options.some((option) => option.value === value)
    ? options
    : [...options, { value, label: `${minutes} minutes` }]
}
