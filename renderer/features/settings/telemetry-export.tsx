import { useState } from 'react'
import { useResource } from '../../client/resource.ts'
import { telemetryStatus } from '../../client/resources.ts'
import { TextInput } from '../../components/field.tsx'
import { Rows, Section, SettingRow } from '../../components/screen-layout.tsx'
import { Select } from '../../components/select.tsx'
import { Switch } from '../../components/switch.tsx'
import { showToast } from '../../components/toasts.tsx'
import { CollectorStatus } from './collector-status.tsx'
import { ExportHeaders } from './export-headers.tsx'
import type { TelemetryPart } from './telemetry-settings.tsx'

const conventions = [
  { value: '1.41', label: 'Release 1.41', hint: 'What most collectors know.' },
  { value: 'latest', label: 'Newest names', hint: 'As GenAI has renamed them since.' }
] as const

/** Calls that are sent on to a collector of the person's choice. */
export function TelemetryExport({ chosen, change }: TelemetryPart) {
  const headers = useResource(telemetryStatus).data?.export.headers
  const save = (patch: Partial<typeof chosen>): void =>
    void change(patch).then((problem) => problem && showToast(problem))
  const isOn = chosen.exportUrl !== null
  return (
    <Section
      title="To a collector"
      lead="Every call as OpenTelemetry spans, to Langfuse, Phoenix or any other collector. What was received is not sent on."
    >
      <Rows>
        <CollectorAddress chosen={chosen} change={change} />
        {isOn && (
          <>
            <ExportHeaders names={headers} />
            <SettingRow
              label="Prompts and answers too"
              hint="They leave this machine if the collector is another."
            >
              <Switch
                label="Prompts and answers too"
                checked={chosen.exportBodies}
                onChange={(exportBodies) => save({ exportBodies })}
              />
            </SettingRow>
            <SettingRow label="Names of attributes">
              <Select
                label="Names of attributes"
                value={chosen.exportConventions}
                options={conventions}
                onChange={(exportConventions) => save({ exportConventions })}
              />
            </SettingRow>
            <CollectorStatus />
          </>
        )}
      </Rows>
    </Section>
  )
}

/** Saved when the field is left or Enter pressed; empty: nothing is sent. */
function CollectorAddress({ chosen, change }: TelemetryPart) {
  const [text, setText] = useState(chosen.exportUrl ?? '')
  const [problem, setProblem] = useState<string | null>(null)
  const save = (): void => {
    const url = text.trim() === '' ? null : text.trim()
    if (url === chosen.exportUrl) setProblem(null)
    else if (url !== null && !/^https?:\/\/[^/]/.test(url)) setProblem('An address begins with https://')
    else void change({ exportUrl: url }).then(setProblem)
  }
  return (
    <SettingRow
      label="Address"
      hint={
        problem ? (
          <span role="alert" className="text-bad-text">
            {problem}
          </span>
        ) : (
          'Empty: nothing is sent.'
        )
      }
    >
      <TextInput
        aria-label="Address of the collector"
        aria-invalid={problem !== null}
        className="w-72 max-[860px]:w-52"
        placeholder="https://collector.example"
        value={text}
        onChange={(event) => setText(event.target.value)}
        onBlur={save}
        onKeyDown={(event) => event.key === 'Enter' && save()}
      />
    </SettingRow>
  )
}
