import { useState } from 'react'
import { TextInput } from '../../components/field.tsx'
import { Rows, Section, SettingRow } from '../../components/screen-layout.tsx'
import { Select } from '../../components/select.tsx'
import { showToast } from '../../components/toasts.tsx'
import { HubToken } from './hub-token.tsx'
import type { OnDevicePart } from './on-device-settings.tsx'

const counts = ['1', '2', '3', '4', '6', '8'].map((value) => ({ value, label: value }))

/** Where models are downloaded from, and how many at once. */
export function DownloadSettings({ chosen, change }: OnDevicePart) {
  return (
    <Section title="Downloads" lead="From Hugging Face, or a mirror of it. Only when you ask for one.">
      <Rows>
        <SettingRow label="Files at the same time">
          <Select
            label="Files at the same time"
            value={String(chosen.parallelDownloads)}
            options={
              counts.some(({ value }) => value === String(chosen.parallelDownloads))
                ? counts
                : [
                    ...counts,
                    { value: String(chosen.parallelDownloads), label: String(chosen.parallelDownloads) }
                  ]
            }
            onChange={(value) =>
              void change({ parallelDownloads: Number(value) }).then(
                (problem) => problem && showToast(problem)
              )
            }
          />
        </SettingRow>
        <Mirror chosen={chosen} change={change} />
        <HubToken mirrored={chosen.mirrorUrl !== null} />
      </Rows>
    </Section>
  )
}

/** Saved when the field is left or Enter pressed; empty: none. */
function Mirror({ chosen, change }: OnDevicePart) {
  const [text, setText] = useState(chosen.mirrorUrl ?? '')
  const [problem, setProblem] = useState<string | null>(null)
  const save = (): void => {
    const url = text.trim() === '' ? null : text.trim()
    if (url === chosen.mirrorUrl) setProblem(null)
    else if (url !== null && !/^https?:\/\/[^/]/.test(url)) setProblem('An address begins with https://')
    else void change({ mirrorUrl: url }).then(setProblem)
  }
  return (
    <SettingRow
      label="Mirror"
      hint={
        problem ? (
          <span role="alert" className="text-bad-text">
            {problem}
          </span>
        ) : (
          'Searches and downloads go there instead of huggingface.co.'
        )
      }
    >
      <TextInput
        aria-label="Mirror"
        aria-invalid={problem !== null}
        className="w-64 max-[860px]:w-52"
        placeholder="https://huggingface.co"
        value={text}
        onChange={(event) => setText(event.target.value)}
        onBlur={save}
        onKeyDown={(event) => event.key === 'Enter' && save()}
      />
    </SettingRow>
  )
}
