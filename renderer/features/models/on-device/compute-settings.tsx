import { useState } from 'react'
import { useResource } from '../../../client/resource.ts'
import { localModels } from '../../../client/resources.ts'
import { AutoNumber } from '../../../components/auto-number.tsx'
import { Button } from '../../../components/button.tsx'
import { formatParameters, formatSpeed } from '../../../components/format/tokens.ts'
import { Rows, Section, SettingRow } from '../../../components/screen-layout.tsx'
import { Segmented } from '../../../components/segmented.tsx'
import { Select } from '../../../components/select.tsx'
import { calibrate } from './model-actions.ts'
import type { ModelSettingsPart } from './model-settings.tsx'
import { draftCandidates } from './model-words.ts'

const NONE = 'none'

const caches = [
  { value: 'f16', label: 'Exact (f16)', hint: 'As the model was made.' },
  { value: 'q8_0', label: 'Half the memory (q8_0)', hint: 'Hardly a difference in quality.' },
  { value: 'q4_0', label: 'A quarter of it (q4_0)', hint: 'Long conversations get less exact.' }
] as const

const flash = [
  { value: 'auto', label: 'Auto' },
  { value: 'on', label: 'On' },
  { value: 'off', label: 'Off' }
] as const

/** What most people never touch: where it computes and with how much. */
export function ComputeSettings({ model, change }: ModelSettingsPart) {
  const { settings, fit } = model
  return (
    <Section
      title="Speed and memory"
      lead="For those who know their machine. An empty field is chosen for this one."
    >
      <Rows>
        <SettingRow
          label="Conversations at once"
          hint="Requests answered together, each with a context of its own. More take more memory."
        >
          <AutoNumber
            label="Conversations at once"
            value={settings.parallel}
            chosen="auto"
            min={1}
            max={32}
            onCommit={(parallel) => change({ parallel })}
          />
        </SettingRow>
        <SettingRow
          label="Layers on the GPU"
          hint={fit.layers ? `Of ${fit.layers}. Fewer leave room for other models.` : null}
        >
          <AutoNumber
            label="Layers on the GPU"
            value={settings.gpuLayers}
            chosen={fit.gpuLayers === null ? 'auto' : `auto: ${fit.gpuLayers}`}
            min={0}
            max={fit.layers ?? 1000}
            onCommit={(gpuLayers) => change({ gpuLayers })}
          />
        </SettingRow>
        <Threads model={model} change={change} />
        <SettingRow label="Flash attention" hint="Less memory and more speed where the hardware can.">
          <Segmented
            label="Flash attention"
            value={settings.flashAttention === null ? 'auto' : settings.flashAttention ? 'on' : 'off'}
            options={flash}
            onChange={(value) => change({ flashAttention: value === 'auto' ? null : value === 'on' })}
          />
        </SettingRow>
        {model.kind === 'chat' && (
          <>
            <SettingRow label="Memory of a conversation" hint="How exactly it is kept (KV cache).">
              <Select
                label="Memory of a conversation"
                value={settings.kvCache}
                options={caches}
                onChange={(kvCache) => change({ kvCache })}
              />
            </SettingRow>
            <DraftModel model={model} change={change} />
          </>
        )}
      </Rows>
    </Section>
  )
}

function Threads({ model, change }: ModelSettingsPart) {
  const [busy, setBusy] = useState(false)
  const { settings, calibratedThreads, speed } = model
  const find = (): void => {
    setBusy(true)
    void calibrate(model.id).then(() => setBusy(false))
  }
  return (
    <SettingRow
      label="Threads"
      hint={
        <span role="status">
          {busy
            ? 'Trying how many are best here. This takes a minute.'
            : calibratedThreads === null
              ? 'All cores at once are often the slowest. Calibrate tries what is best here.'
              : `Best here by trying: ${calibratedThreads}${speed ? `, ${formatSpeed(speed.output)}` : ''}.`}
        </span>
      }
    >
      <Button disabled={busy} onClick={find}>
        {busy ? 'Calibrating' : calibratedThreads === null ? 'Calibrate' : 'Calibrate again'}
      </Button>
      <AutoNumber
        label="Threads"
        value={settings.threads}
        chosen={calibratedThreads === null ? 'auto' : `auto: ${calibratedThreads}`}
        min={1}
        max={512}
        onCommit={(threads) => change({ threads })}
      />
    </SettingRow>
  )
}

function DraftModel({ model, change }: ModelSettingsPart) {
  const all = useResource(localModels).data ?? []
  const current = model.settings.draftModel
  const fitting = draftCandidates(model, all)
  const options = [
    { value: NONE, label: 'None' },
    ...fitting.map(({ id, name, parameters }) => ({
      value: id,
      label: parameters === null ? name : `${name}, ${formatParameters(parameters)}`
    })),
    ...(current === null || fitting.some(({ id }) => id === current)
      ? []
      : [{ value: current, label: current }])
  ]
  return (
    <SettingRow
      label="Draft model"
      hint={
        options.length === 1
          ? 'A small model of the same family can guess ahead, and this one only checks. There is none here.'
          : 'A small model of the same family guesses ahead, and this one only checks: faster, same answers.'
      }
    >
      {options.length > 1 && (
        <Select
          label="Draft model"
          value={current ?? NONE}
          options={options}
          onChange={(id) => change({ draftModel: id === NONE ? null : id })}
        />
      )}
    </SettingRow>
  )
}
